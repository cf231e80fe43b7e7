using SupportBot.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>Agents who get in each other's way, and one whose network goes.</summary>
public sealed class TwoAgents(SharedBrowser shared) : BrowserTest(shared)
{
    [Fact]
    public async Task Of_two_who_press_Claim_one_has_the_conversation_and_the_other_reads_who()
    {
        var customer = await CustomerAsync();
        await customer.OpenAsync();
        await customer.AskForPersonAsync();
        var maeve = await AgentAsync("agent@demo.test");
        var line = new HubLine();
        var tomas = await AgentAsync("agent2@demo.test", prepare: line.AttachAsync);
        await maeve.OpenFirstAsync();
        await tomas.OpenFirstAsync();

        // Tomás presses before the news of Maeve's press has reached him.
        line.Hold();
        await maeve.ClaimAsync();
        await tomas.Claim.ClickAsync();

        await Expect(tomas.Outcome).ToHaveTextAsync("Maeve was faster and has this conversation.");
        line.Release();
        await Expect(tomas.Conversation).ToContainTextAsync("Maeve is answering this customer.");
        await Expect(tomas.Reply).ToBeHiddenAsync();
        await Expect(customer.By("system")).ToHaveCountAsync(1);
        await Expect(customer.By("system")).ToContainTextAsync("Maeve joined the conversation.");
    }

    [Fact]
    public async Task A_console_that_was_cut_off_has_everything_once_when_it_is_back()
    {
        var customer = await CustomerAsync();
        await customer.OpenAsync();
        await customer.AskForPersonAsync();
        var line = new HubLine();
        var agent = await AgentAsync(prepare: line.AttachAsync);
        await agent.OpenFirstAsync();
        await agent.ClaimAsync();
        await customer.SayAsync("Before the cut.");
        await Expect(agent.Texts.Last).ToHaveTextAsync("Before the cut.");
        var before = await agent.Texts.AllInnerTextsAsync();

        await agent.Page.Context.SetOfflineAsync(true);
        await line.CutAsync();
        await Expect(agent.Connection).ToContainTextAsync("The connection is lost");
        string[] missed = ["While you were gone, one.", "While you were gone, two.", "While you were gone, three."];
        foreach (var text in missed)
        {
            await customer.SayAsync(text);
            await Expect(customer.By("customer").Last.Locator(".meta")).ToContainTextAsync("Sent");
        }

        await Expect(agent.Texts).ToHaveTextAsync(before);
        await agent.Page.Context.SetOfflineAsync(false);

        await agent.IsLiveAsync();
        await Expect(agent.Texts).ToHaveTextAsync([.. before, .. missed]);
        await agent.SayAsync("I have read all three.");
        await Expect(customer.By("agent")).ToHaveCountAsync(1);
        await Expect(agent.Texts).ToHaveTextAsync([.. before, .. missed, "I have read all three."]);
    }
}
