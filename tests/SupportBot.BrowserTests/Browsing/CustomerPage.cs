namespace SupportBot.BrowserTests.Browsing;

/// <summary>The shop with the widget, as a customer sees it: found by what is said to a screen reader where that is possible.</summary>
public sealed class CustomerPage(IPage page)
{
    public IPage Page => page;

    public ILocator Launcher => page.GetByRole(AriaRole.Button, new() { Name = "Open chat" });

    public ILocator Panel => page.GetByRole(AriaRole.Dialog, new() { Name = "Chat with Tarn & Trail" });

    public ILocator Field => Panel.GetByRole(AriaRole.Textbox, new() { Name = "Message" });

    public ILocator Connection => Panel.Locator(".connection");

    public ILocator Suggestions => Panel.GetByRole(AriaRole.Group, new() { Name = "Suggested replies" });

    /// <summary>Messages and lines, in their order.</summary>
    public ILocator Entries => Panel.GetByRole(AriaRole.Log, new() { Name = "Conversation" }).Locator(".entry");

    public ILocator Sources => Panel.Locator(".sources").GetByRole(AriaRole.Link);

    /// <summary>Everything that one author said.</summary>
    /// <param name="author">customer, bot, agent or system.</param>
    public ILocator By(string author) => Panel.GetByRole(AriaRole.Log).Locator($".entry.{author}");

    public async Task OpenAsync()
    {
        await Launcher.ClickAsync();
        await Assertions.Expect(Connection).ToHaveTextAsync("Online");
        await Assertions.Expect(By("bot").First).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>Says something and waits until the bot's next message is there.</summary>
    /// <returns>That message.</returns>
    public async Task<ILocator> AskAsync(string text)
    {
        var before = await By("bot").CountAsync();
        await SayAsync(text);
        var reply = By("bot").Nth(before);
        await Assertions.Expect(reply).ToBeVisibleAsync();
        return reply;
    }

    /// <summary>Asks for a person and waits for the bot's word that one is coming.</summary>
    public async Task AskForPersonAsync() => await AskAsync("Talk to a person");
}
