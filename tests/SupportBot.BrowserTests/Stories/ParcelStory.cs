using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BrowserTests.Browsing;
using SupportBot.Tests.Tickets.RequestTracker;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>A parcel that is looked up, arrives broken, and becomes a ticket in a real Request Tracker, whose agent answers in the chat.</summary>
public sealed class ParcelStory(SharedBrowser shared) : BrowserTest(shared)
{
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly RequestTrackerBackstage _tracker = new();

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RequestTrackerServer.Missing is not null, RequestTrackerServer.Missing ?? "");
        await _tracker.InitializeAsync();
        Service = await Service.StartAsync(builder => builder.ToRequestTracker(_tracker.Options));
    }

    public override async ValueTask DisposeAsync()
    {
        if (RequestTrackerServer.Missing is null)
        {
            await base.DisposeAsync();
        }

        await _tracker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task From_where_is_my_parcel_to_an_answer_out_of_the_ticketing_system()
    {
        var customer = await CustomerAsync();
        await customer.OpenAsync();

        await Expect(await customer.AskAsync("Where is my parcel?")).ToContainTextAsync("TT-123456");
        await Expect(await customer.AskAsync("TT-999999")).ToContainTextAsync("I cannot find an order TT-999999");
        var found = await customer.AskAsync("TT-519937");
        await Expect(found).ToContainTextAsync("was delivered on");
        await Expect(found).ToContainTextAsync("Camping stove");

        await customer.AskAsync("It arrived broken, the burner of the stove is bent");
        await BrokenAsync(customer);
        var told = customer.By("bot").Filter(new() { HasText = "Your ticket is" });
        await Expect(told).ToHaveCountAsync(1);

        var ticket = await (await Service.DatabaseAsync()).Tickets.SingleAsync(TestContext.Current.CancellationToken);
        var seen = await _tracker.SeeAsync(ticket.RemoteId!);
        (seen.Queue, seen.Fields["Order number"]).ShouldBe(("Returns", "TT-519937"));
        seen.Body.ShouldContain("burner");
        seen.Files.ShouldHaveSingleItem().Content.ShouldBe(Photo);

        await _tracker.ReplyAsAgentAsync(ticket.RemoteId!, "A new stove leaves tomorrow.", isPublic: true);
        await Expect(customer.By("agent").Locator(".bubble")).ToContainTextAsync("A new stove leaves tomorrow.");
        await customer.SayAsync("Thank you! Do you need the old one?");
        await Expect(customer.By("bot").Last).ToContainTextAsync("I have passed that on");

        // A word of the customer's opens a resolved ticket again, as it should: it has to be there first.
        var system = Service.Services.GetRequiredService<TicketSystems>().Find(ticket.System)!;
        await Eventually.HoldsAsync(
            async () => (await system.ReadAsync(ticket.RemoteId!, CancellationToken.None)).Messages.Any(m => m.Text.Contains("the old one", StringComparison.Ordinal)), "the customer's words in RT");
        await _tracker.SetPhaseAsync(ticket.RemoteId!, TicketPhase.Solved);
        await Expect(customer.By("bot").Last).ToContainTextAsync("is marked as solved");
    }

    /// <summary>Gives what is asked for, in whatever order it is asked: what the bot knows from before it does not ask again.</summary>
    private static async Task BrokenAsync(CustomerPage customer)
    {
        for (var asked = 0; asked < 6; asked++)
        {
            var text = await customer.By("bot").Last.InnerTextAsync();
            if (text.Contains("email", StringComparison.OrdinalIgnoreCase))
            {
                await customer.AskAsync("ann@example.com");
                return;
            }

            if (text.Contains("photo", StringComparison.Ordinal))
            {
                var before = await customer.By("bot").CountAsync();
                await customer.Panel.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "stove.png", MimeType = "image/png", Buffer = Photo });
                await customer.Panel.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
                await Expect(customer.By("bot").Nth(before)).ToBeVisibleAsync();
            }
            else if (text.Contains("order number", StringComparison.Ordinal))
            {
                await customer.AskAsync("TT-519937");
            }
            else
            {
                await customer.AskAsync("The burner of the camping stove is bent");
            }
        }
    }
}
