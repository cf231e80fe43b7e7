namespace SupportBot.BrowserTests.WebChat;

/// <summary>The official Web Chat, as a customer sees it.</summary>
public sealed class WebChatPage(IPage page)
{
    public IPage Page => page;

    public ILocator Field => page.GetByRole(AriaRole.Textbox, new() { Name = "Message input box" });

    /// <summary>Everything said, in order, whoever said it.</summary>
    public ILocator Bubbles => page.Locator(".webchat__bubble__content");

    /// <summary>The sources of the answers.</summary>
    public ILocator Sources => page.Locator(".webchat__link-definitions").GetByRole(AriaRole.Link);

    public ILocator Like => page.GetByRole(AriaRole.Button, new() { Name = "Like", Exact = true });

    public ILocator Suggestions => page.GetByRole(AriaRole.Toolbar, new() { Name = "Suggested actions" }).GetByRole(AriaRole.Button);

    public ILocator Connection => page.GetByText("Connectivity Status:");

    public async Task SayAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>Attaches files with Web Chat's own button and sends them.</summary>
    public async Task UploadAsync(params IEnumerable<FilePayload> files)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(files);
        await Assertions.Expect(page.Locator(".webchat__attachment-icon--checked")).ToHaveCountAsync(1);
        await Field.PressAsync("Enter");
    }

    /// <summary>Waits until everything the customer did has reached the server and come back, and nothing is said to have failed.</summary>
    public async Task EverythingIsSentAsync()
    {
        await page.WaitForFunctionAsync("activities().filter((a) => a.type === 'message' && a.from.role === 'user').every((a) => a.channelData['webchat:send-status'] === 'sent')");
        await Assertions.Expect(page.GetByText("Send failed")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Sending")).ToHaveCountAsync(0);
    }
}
