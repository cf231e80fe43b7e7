namespace SupportBot.BrowserTests.Browsing;

/// <summary>The agents' console, as an agent sees it.</summary>
public sealed class ConsolePage(IPage page)
{
    public IPage Page => page;

    public ILocator Connection => page.GetByRole(AriaRole.Status, new() { Name = "Connection" });

    /// <summary>The rows of the list that is open.</summary>
    public ILocator Rows => page.GetByRole(AriaRole.List, new() { Name = "Conversations" }).GetByRole(AriaRole.Link);

    public ILocator Conversation => page.GetByRole(AriaRole.Region, new() { Name = "Conversation", Exact = true });

    public ILocator Claim => Conversation.GetByRole(AriaRole.Button, new() { Name = "Claim" });

    public ILocator Resolve => Conversation.GetByRole(AriaRole.Button, new() { Name = "Resolve" });

    public ILocator Reply => Conversation.GetByRole(AriaRole.Textbox, new() { Name = "Reply" });

    public ILocator Outcome => Conversation.GetByRole(AriaRole.Status, new() { Name = "Outcome" });

    public ILocator Transcript => Conversation.GetByRole(AriaRole.Log, new() { Name = "Transcript" });

    public ILocator Messages => Transcript.GetByRole(AriaRole.Article);

    public ILocator Details => page.GetByRole(AriaRole.Complementary, new() { Name = "Details" });

    public ILocator Why => Details.GetByRole(AriaRole.Region, new() { Name = "Why the bot escalated" });

    public ILocator Tickets => Details.GetByRole(AriaRole.Region, new() { Name = "Ticket" });

    public ILocator View(string name) => page.GetByRole(AriaRole.Tab, new() { Name = name });

    /// <summary>The texts of messages, whose names and times stand elsewhere.</summary>
    public ILocator Texts => Messages.Locator("p.whitespace-pre-wrap");

    public async Task SignInAsync(string path, string email)
    {
        await page.GotoAsync(path);
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("demo-password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await IsLiveAsync();
    }

    /// <summary>Waits until the console is connected and has caught up.</summary>
    public Task IsLiveAsync() => Assertions.Expect(page.Locator("header").GetByText("Live", new() { Exact = true })).ToBeAttachedAsync();

    /// <summary>Opens the first conversation of the list.</summary>
    public async Task OpenFirstAsync()
    {
        await Rows.First.ClickAsync();
        await Assertions.Expect(Messages.First).ToBeVisibleAsync();
    }

    public async Task ClaimAsync()
    {
        await Claim.ClickAsync();
        await Assertions.Expect(Reply).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Reply.FillAsync(text);
        await Reply.PressAsync("Enter");
    }

    /// <summary>Resolves, which takes a second press.</summary>
    public async Task ResolveAsync()
    {
        await Resolve.ClickAsync();
        await Conversation.GetByRole(AriaRole.Button, new() { Name = "Resolve: sure?" }).ClickAsync();
        await Assertions.Expect(Conversation.GetByText("Resolved. If the customer writes again")).ToBeVisibleAsync();
    }
}
