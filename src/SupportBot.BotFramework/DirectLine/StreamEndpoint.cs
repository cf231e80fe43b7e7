using Microsoft.AspNetCore.Http;
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

    public static async Task<IResult> ConnectAsync(
        HttpContext http,
        string? watermark,
        string? t,
        IActivityLog log,
        ConversationSignals signals,
        DirectLineTokens tokens,
        IOptions<DirectLineOptions> options,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ILogger<ActivityStream> logger)
    {
        if (string.IsNullOrEmpty(t))
        {
            return DirectLineError.MissingAuthorization;
        }

        var check = await tokens.CheckStreamAsync(t, http.RequestAborted);
        if (RequireToken.Refuse(check, http) is { } refusal)
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

        using var subscription = signals.Subscribe(conversationId);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.Value.KeepAlive,
            KeepAliveTimeout = options.Value.SendTimeout,
        });
        var stream = new ActivityStream(socket, subscription, log, options.Value, time, logger);
        await stream.RunAsync(Watermark.IsBeyond(after, page) ? 0 : after, lifetime.ApplicationStopping, http.RequestAborted);
        return Results.Empty;
    }
}
