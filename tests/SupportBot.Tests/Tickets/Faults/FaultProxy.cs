using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace SupportBot.Tests.Tickets.Faults;

/// <summary>What becomes of a call on its way.</summary>
public enum Fate
{
    Pass,

    /// <summary>It does not arrive.</summary>
    CutBefore,

    /// <summary>It arrives and has its effect, and the answer gets lost.</summary>
    LoseAnswer,
}

/// <summary>An HTTP proxy between the service and a ticketing system that can cut, delay, and lose the answer after the other side has committed.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _target;
    private readonly Func<string, string, string, Task<Fate>> _decide;

    private FaultProxy(WebApplication app, Uri target, Func<string, string, string, Task<Fate>> decide)
    {
        (_app, _target, _decide) = (app, target, decide);
    }

    public Uri Url => new(_app.Urls.First() + "/");

    /// <param name="target">The other side.</param>
    /// <param name="decide">The fate of a call, by method, path with query, and body; may take its time.</param>
    public static async Task<FaultProxy> StartAsync(Uri target, Func<string, string, string, Task<Fate>> decide)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new FaultProxy(app, target, decide);
        app.Run(proxy.ForwardAsync);
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var path = http.Request.GetEncodedPathAndQuery();
        var fate = await _decide(http.Request.Method, path, System.Text.Encoding.UTF8.GetString(body.ToArray()));
        if (fate == Fate.CutBefore)
        {
            http.Abort();
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_target, path));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var header in http.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            }
        }

        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (fate == Fate.LoseAnswer)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection")))
        {
            http.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await http.Response.Body.WriteAsync(answer);
    }
}
