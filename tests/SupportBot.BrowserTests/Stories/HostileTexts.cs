using SupportBot.BrowserTests.Browsing;
using SupportBot.Conversations;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>Texts that would like to be more than text, from customers and from agents.</summary>
public sealed class HostileTexts(SharedBrowser shared) : BrowserTest(shared)
{
    private static readonly string[] Markup =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
        "</textarea><script src=//evil.example></script>", "<style>*{display:none}</style>", "&lt;b&gt; &#60;i&#62;",
    ];

    private static readonly string[] Markdown =
    [
        "[x](javascript:alert(1))", "![x](http://127.0.0.1:9/x.png)", "[1]: https://evil.example \"Refund policy\"", "**bold** `code` [1] ***", "<https://evil.example>", "{{7*7}} ${7*7}",
    ];

    private static readonly string[] Bidi = ["\u202eright to left", "\u2066isolate\u2069 \u202dleft", "هل يمكنني إرجاع الطلب TT-123456", "a\u200bb\u00adc\ufeffd", "Z͑ͫ̓a̴l̵g̶o̷"];

    private static readonly string[] Controls = ["bell\u0007", "escape\u001b[31mred", "null\u0000inside", "\u0001\u0002 start", "line\u2028separator"];

    private static readonly string[] Long = [new('a', 4000), string.Concat(Enumerable.Repeat("🧗", 2000)), string.Concat(Enumerable.Repeat("a\n", 1000))];

    private readonly Misdeeds _misdeeds = new();

    [Fact]
    public async Task As_a_message_or_a_reply_they_are_shown_as_text()
    {
        string[] texts = [.. Markup, .. Markdown, .. Bidi, .. Controls, .. Long];
        var someone = await NamedCustomer.StartAsync(Service.Http, "Ann");
        await someone.AskAsync("Talk to a person");
        var page = await PageAsync();
        await _misdeeds.WatchAsync(page, Service.BaseAddress);
        await someone.ComeBackAsync(page, Service.BaseAddress);
        await page.GotoAsync("/");
        var customer = new CustomerPage(page);
        await customer.OpenAsync();
        var agent = await AgentAsync(prepare: p => _misdeeds.WatchAsync(p, Service.BaseAddress));
        await agent.OpenFirstAsync();
        await agent.ClaimAsync();
        await agent.View("Mine").ClickAsync();

        foreach (var text in texts)
        {
            await customer.SayAsync(text);
            await ShownAsync(agent.Texts.Last, text);
            await ShownAsync(agent.Rows.First, Conversation.Excerpt(text, 200));
            await agent.SayAsync(text);
            await ShownAsync(customer.By("agent").Last.Locator(".bubble"), text);
        }

        var expected = texts.Select(Bare).ToList();
        (await BareAsync(customer.By("customer").Locator(".bubble"))).ShouldBe([Bare("Talk to a person"), .. expected]);
        (await BareAsync(customer.By("agent").Locator(".bubble"))).ShouldBe(expected);
        (await BareAsync(agent.Texts)).TakeLast(texts.Length * 2).ShouldBe(expected.SelectMany(t => new[] { t, t }));
        await NothingHappenedAsync(customer.Page, agent.Page);
    }

    [Fact]
    public async Task As_a_customers_name_they_are_shown_as_text()
    {
        string[] names = [.. Markup, .. Markdown, .. Bidi, .. Controls, new('a', 100)];
        foreach (var name in names)
        {
            await (await NamedCustomer.StartAsync(Service.Http, name)).AskAsync("Talk to a person");
        }

        var agent = await AgentAsync(prepare: p => _misdeeds.WatchAsync(p, Service.BaseAddress));
        await Expect(agent.Rows).ToHaveCountAsync(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            await ShownAsync(agent.Rows.Nth(i), names[i]);
            await agent.Rows.Nth(i).ClickAsync();
            await ShownAsync(agent.Conversation.GetByRole(AriaRole.Heading).Locator("xpath=following-sibling::p"), names[i]);
            await ShownAsync(agent.Messages.Nth(1), names[i]);
            await ShownAsync(agent.Details.GetByRole(AriaRole.Region, new() { Name = "Customer" }), names[i]);
        }

        await NothingHappenedAsync(agent.Page);
    }

    [Fact]
    public async Task What_they_would_do_is_noticed()
    {
        var page = await PageAsync();
        await _misdeeds.WatchAsync(page, Service.BaseAddress);
        await page.GotoAsync("/");

        await page.EvaluateAsync("""
            () => {
              document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/x.png' }));
              alert('hello');
            }
            """);

        await Eventually.HoldsAsync(() => Task.FromResult(_misdeeds.Seen.Any(s => s.StartsWith("console: policy: img-src", StringComparison.Ordinal))), "the broken policy");
        _misdeeds.Seen.ShouldContain("dialog: hello");
    }

    private async Task NothingHappenedAsync(params IPage[] pages)
    {
        foreach (var page in pages)
        {
            // A script that had slipped in would run before this answers.
            await Expect(page.Locator("a[href^='javascript:' i], a[href^='data:' i], img[src='x'], iframe")).ToHaveCountAsync(0);
        }

        _misdeeds.Seen.ShouldBeEmpty();
    }

    private static Task ShownAsync(ILocator place, string text) =>
        Eventually.HoldsAsync(async () => Bare(await place.TextContentAsync() ?? "").Contains(Bare(text), StringComparison.Ordinal), $"the text {text}");

    private static async Task<IEnumerable<string>> BareAsync(ILocator places) => (await places.AllTextContentsAsync()).Select(Bare);

    /// <summary>Without white space: line breaks are elements where they are shown, and runs of blanks are one.</summary>
    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
