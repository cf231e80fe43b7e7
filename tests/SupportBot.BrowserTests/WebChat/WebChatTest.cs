using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.BrowserTests.Browsing;

namespace SupportBot.BrowserTests.WebChat;

/// <summary>The whole service, and a customer in front of the official Web Chat on a stranger's website.</summary>
public abstract class WebChatTest(SharedBrowser shared) : BrowserTest(shared)
{
    private WebChatSite _site = null!;

    protected IActivityLog Log => Service.Services.GetRequiredService<IActivityLog>();

    protected ConversationSignals Signals => Service.Services.GetRequiredService<ConversationSignals>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _site = await WebChatSite.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the website's own server gets for a customer.</summary>
    protected async Task<Customer> VisitorAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "demo-secret") },
        };
        using var response = await Service.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return new Customer(Service.Http, (string)answer["conversationId"]!, (string)answer["token"]!);
    }

    /// <summary>The page as the customer comes to it first.</summary>
    /// <param name="through">Where it finds the service, if not directly.</param>
    protected async Task<WebChatPage> OpenAsync(Customer visitor, Uri? through = null)
    {
        var page = await PageAsync();
        await page.GotoAsync(_site.PageWith(("domain", DomainAt(through)), ("token", visitor.Token)).ToString());
        var chat = new WebChatPage(page);
        await Assertions.Expect(chat.Bubbles).ToHaveCountAsync(1);
        return chat;
    }

    /// <summary>The page once more, as a website does it that has kept token and conversation.</summary>
    protected async Task ReloadAsync(WebChatPage chat, Customer visitor, Uri? through = null) => await chat.Page.GotoAsync(_site.PageWith(
        ("domain", DomainAt(through)), ("token", visitor.Token), ("conversationId", visitor.ConversationId), ("watermark", "0")).ToString());

    /// <summary>Says something as the bot.</summary>
    protected async Task SayAsync(Customer to, Activity activity) =>
        (await Log.AppendAsync(to.ConversationId, activity, CancellationToken.None)).Outcome.ShouldBe(AppendOutcome.Appended);

    private string DomainAt(Uri? through) => new Uri(through ?? Service.BaseAddress, "/v3/directline").ToString();
}
