using SupportBot.BrowserTests.Browsing;
using SupportBot.Conversations;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>The pages that people look at most, at a desk and on a phone, by day and by night: free of barriers, and pictured for whoever wants to see them.</summary>
public sealed class Looks(SharedBrowser shared) : BrowserTest(shared)
{
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "screenshots");

    private static readonly (string Name, string Question)[] Waiting =
    [
        ("Priya Nair", "Can I still change the address of TT-204417?"),
        ("Ciarán Ó Dálaigh", "Do you repair a zip on a jacket from another shop?"),
        ("Hannah Vogel", "What is the warranty on tents?"),
    ];

    [Fact]
    public async Task The_shop_with_the_widget_open()
    {
        foreach (var screen in Screen.All)
        {
            var customer = await CustomerAsync(screen);
            await customer.OpenAsync();
            await customer.AskAsync("How long do I have to return something?");
            await Expect(customer.Suggestions).ToBeVisibleAsync();

            await LooksWellAsync(customer.Page, "widget", screen);
        }
    }

    [Fact]
    public async Task The_console_with_conversations_that_wait_and_that_are_taken()
    {
        foreach (var (name, question) in Waiting)
        {
            var customer = await NamedCustomer.StartAsync(Service.Http, name);
            await customer.AskAsync(question);
            await customer.AskAsync("Talk to a person");
        }

        var first = await ComplainedAsync("Aoife Byrne");
        await ComplainedAsync("Jonas Lindqvist");
        await using (var maeve = await Service.AgentAsync())
        {
            await maeve.CallAsync("Claim", first.ConversationId);
            await maeve.CallAsync("Reply", first.ConversationId, "r1", "Hello Aoife, Maeve here. I am sorry about that: may I send you new pegs today?");
            await first.SayAsync("Yes please, to the same address.");
        }

        foreach (var screen in Screen.All)
        {
            var agent = await AgentAsync(screen: screen);
            await LooksWellAsync(agent.Page, "console-list", screen);
            await agent.Rows.Filter(new() { HasText = "Jonas" }).ClickAsync();
            await Expect(agent.Messages.First).ToBeAttachedAsync();
            await LooksWellAsync(agent.Page, "console-waiting", screen);
            if (await agent.Details.IsHiddenAsync())
            {
                await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Why and details" }).ClickAsync();
                await LooksWellAsync(agent.Page, "console-why", screen);
            }

            await agent.Page.GotoAsync($"/console/conversations/{first.ConversationId}?view=mine");
            await Expect(agent.Reply).ToBeVisibleAsync();
            await LooksWellAsync(agent.Page, "console-taken", screen);
        }
    }

    [Fact]
    public async Task The_reports()
    {
        await AWeekOfTimingsAsync();
        foreach (var screen in Screen.All)
        {
            var manager = await ManagerAsync(screen);
            await Expect(manager.Page.Locator(".uplot canvas")).ToHaveCountAsync(ReportPage.Metrics.Count);

            await LooksWellAsync(manager.Page, "reports", screen);
        }
    }

    [Fact]
    public async Task What_the_bot_learns()
    {
        var asked = await ComplainedAsync("Nora");
        foreach (var screen in Screen.All)
        {
            var agent = await AgentAsync(screen: screen);
            await agent.Page.GotoAsync($"/console/conversations/{asked.ConversationId}?view=all");
            await agent.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Correct|Change|Say what it means)$") }).First.ClickAsync();
            await agent.Page.GetByLabel("What does this message mean?").SelectOptionAsync(new SelectOptionValue { Label = "Care of gear" });
            await LooksWellAsync(agent.Page, "console-meaning", screen);
            await agent.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(agent.Page.GetByText("Care of gear, says you")).ToBeVisibleAsync();

            var manager = await ManagerAsync(screen);
            await manager.Page.GotoAsync("/console/learning");
            await Expect(manager.Page.GetByRole(AriaRole.Table, new() { Name = "Labels" })).ToContainTextAsync("Means “Care of gear”");
            await LooksWellAsync(manager.Page, "learning", screen);
        }
    }

    [Fact]
    public async Task A_barrier_inside_the_widget_is_noticed()
    {
        var customer = await CustomerAsync();
        await customer.OpenAsync();

        await customer.Page.Locator("supportbot-widget").EvaluateAsync("e => e.style.setProperty('--supportbot-ink', '#e0e0e0')");

        (await Axe.FindAsync(customer.Page)).ShouldContain(found => found.StartsWith("color-contrast", StringComparison.Ordinal));
    }

    private static async Task LooksWellAsync(IPage page, string name, Screen screen)
    {
        Directory.CreateDirectory(Pictures);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{screen.Name}.png") });
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{name} scrolls sideways at {screen.Name}");
        (await Axe.FindAsync(page)).ShouldBeEmpty($"{name} at {screen.Name}");
    }

    /// <summary>A customer with a cited answer, a ticket and a wish for a person.</summary>
    private async Task<Customer> ComplainedAsync(string name)
    {
        var customer = await NamedCustomer.StartAsync(Service.Http, name);
        await customer.AskAsync("How long do I have to return something?");
        await customer.AskAsync("I want to make a formal complaint about your service");
        await customer.AskAsync("The driver threw my parcel over the fence and the tent pegs are bent.");
        await customer.AskAsync("TT-123456");
        await customer.AskAsync($"{name.Split(' ')[0].ToLowerInvariant()}@example.com");
        await customer.WaitForAsync("Your ticket is");
        await customer.AskAsync("Talk to a person");
        return customer;
    }

    /// <summary>What the last days would have left: bots answer in a blink, people in minutes, settled is settled in hours.</summary>
    private async Task AWeekOfTimingsAsync()
    {
        var conversation = (await Service.CustomerAsync()).ConversationId;
        var now = TimeProvider.System.GetUtcNow();
        var random = new Random(7);
        await using var db = await Service.DatabaseAsync();
        foreach (var (metric, perDay, middle) in new[]
        {
            (Metric.BotFirstResponse, 40, TimeSpan.FromMilliseconds(60)),
            (Metric.HumanFirstResponse, 9, TimeSpan.FromMinutes(6)),
            (Metric.TimeToHuman, 9, TimeSpan.FromMinutes(4)),
            (Metric.NextResponse, 70, TimeSpan.FromSeconds(20)),
            (Metric.Resolution, 12, TimeSpan.FromMinutes(50)),
        })
        {
            for (var day = 0; day < 7; day++)
            {
                for (var i = random.Next(perDay / 2, perDay); i > 0; i--)
                {
                    var took = middle * Math.Exp(random.NextDouble() * 3 - 1.5);
                    var ended = now.AddDays(-day).AddMinutes(-random.Next(1, 30));
                    db.Timings.Add(new Timing
                    {
                        ConversationId = conversation,
                        Metric = metric,
                        StartedAt = ended - took,
                        EndedAt = ended,
                        WallMs = (long)took.TotalMilliseconds,
                        BusinessMs = (long)took.TotalMilliseconds,
                    });
                }
            }
        }

        await db.SaveChangesAsync();
    }
}
