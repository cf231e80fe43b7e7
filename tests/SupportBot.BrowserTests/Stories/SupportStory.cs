using System.Text.RegularExpressions;
using SupportBot.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>One customer's day, seen by the customer, the agent and the manager at once.</summary>
public sealed partial class SupportStory(SharedBrowser shared) : BrowserTest(shared)
{
    [Fact]
    public async Task From_a_cited_answer_over_a_ticket_and_a_person_to_the_figures_and_through_a_restart()
    {
        var manager = await ManagerAsync();
        var before = await manager.CountsAsync();
        var customer = await CustomerAsync();
        await customer.OpenAsync();

        await AnsweredWithSourceAsync(customer);
        var ticket = await ComplainAsync(customer);
        await customer.AskForPersonAsync();

        var agent = await AgentAsync();
        await TakenOverAsync(agent, customer, ticket);
        await agent.ResolveAsync();
        await Expect(customer.By("system").Last).ToContainTextAsync("Maeve closed the conversation");

        // Next responses: the bot's three questions back, the ticket, the hand-over, and the agent's second reply.
        (await manager.CountsAsync()).ShouldBe(new Dictionary<string, int>
        {
            ["Bot first response"] = before["Bot first response"] + 1,
            ["Human first response"] = before["Human first response"] + 1,
            ["Time to human"] = before["Time to human"] + 1,
            ["Next response"] = before["Next response"] + 6,
            ["Resolution"] = before["Resolution"] + 1,
        }, ignoreOrder: true);

        await ReloadedAsync(customer);
        await RestartedAsync(customer, agent);
    }

    private static async Task AnsweredWithSourceAsync(CustomerPage customer)
    {
        var answer = await customer.AskAsync("How long do I have to return something?");
        var source = answer.Locator(".sources").GetByRole(AriaRole.Link).First;
        var title = (await source.InnerTextAsync()).Replace("(opens in a new tab)", "", StringComparison.Ordinal).Trim();

        var help = await customer.Page.Context.RunAndWaitForPageAsync(() => source.ClickAsync());

        await Expect(help.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await help.CloseAsync();
    }

    /// <returns>The ticket's number, as the customer reads it.</returns>
    private static async Task<string> ComplainAsync(CustomerPage customer)
    {
        await Expect(await customer.AskAsync("I want to make a formal complaint about your service")).ToContainTextAsync("?");
        await Expect(await customer.AskAsync("The driver threw my parcel over the fence.")).ToContainTextAsync("order");
        await Expect(await customer.AskAsync("TT-123456")).ToContainTextAsync("mail");
        await customer.AskAsync("ann@example.com");
        var told = customer.By("bot").Filter(new() { HasText = "Your ticket is" });
        await Expect(told).ToHaveCountAsync(1);
        return TicketNumber().Match(await told.InnerTextAsync()).Value;
    }

    private static async Task TakenOverAsync(ConsolePage agent, CustomerPage customer, string ticket)
    {
        await Expect(agent.Rows).ToHaveCountAsync(1);
        await agent.OpenFirstAsync();
        await Expect(agent.Why).ToContainTextAsync("Asked for a person");
        await Expect(agent.Tickets).ToContainTextAsync(ticket);
        await Expect(agent.Tickets).ToContainTextAsync("TT-123456");
        await agent.ClaimAsync();
        await Expect(customer.By("system")).ToHaveTextAsync(JoinedLine());

        await agent.SayAsync("Hello, Maeve here. I am sorry about that driver.");
        await Expect(customer.By("agent").Locator(".speaker")).ToContainTextAsync("Maeve");
        await Expect(customer.By("agent").Locator(".bubble")).ToHaveTextAsync("Hello, Maeve here. I am sorry about that driver.");
        await customer.SayAsync("Thank you. The pegs are bent.");
        await Expect(agent.Texts.Last).ToHaveTextAsync("Thank you. The pegs are bent.");
        await agent.SayAsync("New pegs leave today.");
        await Expect(customer.By("agent").Last).ToContainTextAsync("New pegs leave today.");
    }

    private static async Task ReloadedAsync(CustomerPage customer)
    {
        var before = await customer.Entries.Locator(".text").AllInnerTextsAsync();

        await customer.Page.ReloadAsync();

        await Expect(customer.Connection).ToHaveTextAsync("Online");
        await Expect(customer.Entries.Locator(".text")).ToHaveTextAsync(before);
    }

    private async Task RestartedAsync(CustomerPage customer, ConsolePage agent)
    {
        await customer.AskForPersonAsync();
        await agent.ClaimAsync();
        var history = await customer.Entries.Locator(".text").AllInnerTextsAsync();
        var transcript = await agent.Texts.AllInnerTextsAsync();

        var stopped = await StopServiceAsync();
        await Expect(customer.Connection).ToHaveTextAsync("Reconnecting…");
        await Expect(agent.Connection).ToContainTextAsync("The connection is lost");
        await customer.SayAsync("Written while you were away.");
        await StartAgainAsync(stopped);

        await Expect(customer.Connection).ToHaveTextAsync("Online");
        await agent.IsLiveAsync();
        await Expect(agent.Texts).ToHaveTextAsync([.. transcript, "Written while you were away."]);
        await agent.SayAsync("And read when we were back.");
        await Expect(customer.Entries.Locator(".text")).ToHaveTextAsync([.. history, "Written while you were away.", "And read when we were back."]);
        await Expect(agent.Texts).ToHaveTextAsync([.. transcript, "Written while you were away.", "And read when we were back."]);
    }

    [GeneratedRegex(@"T-\d{5}")]
    private static partial Regex TicketNumber();

    [GeneratedRegex("Maeve joined the conversation")]
    private static partial Regex JoinedLine();
}
