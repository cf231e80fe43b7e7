using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// The WebSocket. Its address is its authorisation: browsers cannot send a header here. All refusals come before the
/// upgrade.
/// </summary>
internal static class StreamEndpoint
{
    public const string Name = "SupportBot.DirectLine.Stream";

    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(20);

    /// <summary>HTTP/2 opens a WebSocket with CONNECT.</summary>
    public static IEnumerable<string> Methods { get; } = [HttpMethods.Get, HttpMethods.Connect];

    public static async Task<Results<StreamResult, DirectLineError>> ConnectAsync(
        HttpContext http,
        string? watermark,
        string? t,
        IActivityLog log,
        ConversationSignals signals,
        DirectLineTokens tokens,
        IOptions<DirectLineOptions> options)
    {
        if (string.IsNullOrEmpty(t))
        {
            return DirectLineError.MissingAuthorization;
        }

        var check = await tokens.CheckStreamAsync(t, http.RequestAborted);
        if (RequestCredentials.Refuse(check, http) is { } refusal)
        {
            return refusal;
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            return DirectLineError.BadArgument("A WebSocket is expected here.");
        }

        var conversationId = check.Grant!.ConversationId;
        if (signals.SubscriberCount(conversationId) >= options.Value.MaxStreamsPerConversation)
        {
            return DirectLineError.RateLimited(RetryWhenFull);
        }

        var after = Watermark.Parse(watermark);
        if (await log.ReadAsync(conversationId, after, 1, http.RequestAborted) is not { } page)
        {
            return DirectLineError.ConversationNotFound;
        }

        return new StreamResult(conversationId, Watermark.IsBeyond(after, page) ? 0 : after);
    }
}

/// <summary>The accepted stream, for as long as it lasts.</summary>
internal sealed class StreamResult(string conversationId, long after) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var options = services.GetRequiredService<IOptions<DirectLineOptions>>().Value;
        using var subscription = services.GetRequiredService<ConversationSignals>().Subscribe(conversationId);
        using var socket = await httpContext.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.KeepAlive * 2,
            KeepAliveTimeout = options.SendTimeout,
        });
        ForgetAddress(httpContext);
        var stream = new ActivityStream(
            socket,
            subscription,
            services.GetRequiredService<IActivityLog>(),
            options,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ActivityStream>>());
        await stream.RunAsync(
            after, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping, httpContext.RequestAborted);
    }

    // The request lives as long as the socket. Its token need not, and does not belong in a request log either.
    private static void ForgetAddress(HttpContext http)
    {
        http.Request.QueryString = QueryString.Empty;
        http.Features.Set<IQueryFeature>(null);
    }
}
