using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Peers;

namespace SupportBot.BrowserTests.WebChat;

/// <summary>A stranger's website with the official Web Chat on it: npm's <c>botframework-webchat</c>, its own bundle.</summary>
public sealed class WebChatSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebChatSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<WebChatSite> StartAsync()
    {
        var folder = await NodePackages.InstalledAsync("web-chat");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/", () => TypedResults.PhysicalFile(Path.Combine(folder, "index.html"), "text/html; charset=utf-8"));
        app.MapGet("/page.js", () => TypedResults.PhysicalFile(Path.Combine(folder, "page.js"), "text/javascript"));
        app.MapGet("/webchat.js", () => TypedResults.PhysicalFile(
            Path.Combine(folder, "node_modules", "botframework-webchat", "dist", "webchat.js"), "text/javascript"));
        await app.StartAsync();
        return new WebChatSite(app);
    }

    /// <summary>The page's address, which says to it all that it has to know.</summary>
    /// <param name="options">Options of Direct Line, of which domain and token are needed.</param>
    public Uri PageWith(params IEnumerable<(string Name, string Value)> options) => new(
        Address, $"/?{string.Join('&', options.Select(o => $"{o.Name}={Uri.EscapeDataString(o.Value)}"))}");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
