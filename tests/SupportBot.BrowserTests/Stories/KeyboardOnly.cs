using SupportBot.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.Stories;

/// <summary>The whole way without a mouse.</summary>
public sealed class KeyboardOnly(SharedBrowser shared) : BrowserTest(shared)
{
    /// <summary>More presses of Tab than the shop has places to stop at.</summary>
    private const int MostStops = 150;

    [Fact]
    public async Task A_customer_opens_the_chat_asks_opens_a_source_and_closes_with_Escape()
    {
        var customer = await CustomerAsync();
        await TabToAsync(customer.Page, customer.Launcher);
        await customer.Page.Keyboard.PressAsync("Enter");
        await Expect(customer.Field).ToBeFocusedAsync();
        await Expect(customer.Connection).ToHaveTextAsync("Online");

        await customer.Page.Keyboard.TypeAsync("How long do I have to return something?");
        await customer.Page.Keyboard.PressAsync("Enter");
        await Expect(customer.Sources.First).ToBeVisibleAsync();
        await TabToAsync(customer.Page, customer.Sources.First, "Shift+Tab");
        var help = await customer.Page.Context.RunAndWaitForPageAsync(() => customer.Page.Keyboard.PressAsync("Enter"));
        await Expect(help.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await help.CloseAsync();

        await customer.Page.Keyboard.PressAsync("Escape");

        await Expect(customer.Panel).ToBeHiddenAsync();
        await Expect(customer.Launcher).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_agent_signs_in_claims_replies_and_resolves()
    {
        var customer = await CustomerAsync();
        await customer.OpenAsync();
        await customer.AskForPersonAsync();
        var page = await PageAsync();
        var agent = new ConsolePage(page);
        await page.GotoAsync("/console/");
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("agent@demo.test");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("demo-password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(agent.Rows).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("j");
        await Expect(agent.Rows.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(agent.Claim).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(agent.Reply).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(agent.Reply).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Written without a mouse.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(customer.By("agent")).ToContainTextAsync("Written without a mouse.");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("e");
        await Expect(agent.Resolve).ToHaveTextAsync("Resolve: sure?");
        await page.Keyboard.PressAsync("e");

        await Expect(customer.By("system").Last).ToContainTextAsync("Maeve closed the conversation");
    }

    private static async Task TabToAsync(IPage page, ILocator target, string key = "Tab")
    {
        await Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < MostStops && !await HasFocusAsync(target); i++)
        {
            await page.Keyboard.PressAsync(key);
        }

        await Expect(target).ToBeFocusedAsync();
    }

    private static Task<bool> HasFocusAsync(ILocator target) => target.EvaluateAsync<bool>("e => e.getRootNode().activeElement === e");
}
