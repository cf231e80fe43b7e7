using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// The WebSocket. Its address is its authorisation: browsers cannot send a header here. All refusals come before the
/// upgrade. The request lives as long as the socket, so nothing is bound to it that can be read without: neither a parsed
/// query nor a token for its end.
/// </summary>
internal static class StreamEndpoint
{
    public const string Name = "SupportBot.DirectLine.Stream";
    public const string TicketParameter = "t";
    public const string WatermarkParameter = "watermark";

    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(20);

    /// <summary>HTTP/2 opens a WebSocket with CONNECT.</summary>
    public static IEnumerable<string> Methods { get; } = [HttpMethods.Get, HttpMethods.Connect];

    public static async Task<Results<StreamResult, DirectLineError>> ConnectAsync(
        HttpContext http,
        string conversationId,
        IActivityLog log,
        ConversationSignals signals,
        StreamTickets tickets,
        DirectLineRateLimit rateLimit,
        IOptions<DirectLineOptions> options)
    {
        var (watermark, text) = Parameters(http.Request);
        if (text.Length == 0)
        {
            return DirectLineError.MissingAuthorization;
        }

        var (outcome, ticket) = await tickets.CheckAsync(text, conversationId, CancellationToken.None);
        if (ticket is null)
        {
            return DirectLineError.InvalidToken;
        }

        if (Refuse(outcome, ticket, http, rateLimit, conversationId) is { } refusal)
        {
            return refusal;
        }

        if (signals.SubscriberCount(conversationId) >= options.Value.MaxStreamsPerConversation)
        {
            return DirectLineError.RateLimited(RetryWhenFull);
        }

        var after = Watermark.Parse(watermark);
        if (await log.ReadAsync(conversationId, after, 1, CancellationToken.None) is not { } page)
        {
            return DirectLineError.ConversationNotFound;
        }

        return tickets.TryUse(ticket)
            ? new StreamResult(conversationId, Watermark.IsBeyond(after, page) ? 0 : after)
            : DirectLineError.InvalidToken;
    }

    private static DirectLineError? Refuse(
        TokenOutcome outcome, StreamTicket ticket, HttpContext http, DirectLineRateLimit rateLimit, string conversationId)
    {
        if (outcome == TokenOutcome.Expired)
        {
            return DirectLineError.TokenExpired;
        }

        if (!ticket.Trusts(RequestCredentials.OriginOf(http.Request)))
        {
            return DirectLineError.OriginNotAllowed(StatusCodes.Status400BadRequest);
        }

        return rateLimit.RefuseSite(ticket.Site)
            ?? rateLimit.RefuseConversation(conversationId)
            ?? (http.WebSockets.IsWebSocketRequest ? null : DirectLineError.BadArgument("A WebSocket is expected here."));
    }

    private static (string Watermark, string Ticket) Parameters(HttpRequest request)
    {
        var (watermark, ticket) = ("", "");
        foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (parameter.EncodedName.Span.SequenceEqual(TicketParameter))
            {
                ticket = parameter.DecodeValue().ToString();
            }
            else if (parameter.EncodedName.Span.SequenceEqual(WatermarkParameter))
            {
                // More than one is none that could be meant.
                watermark = watermark.Length == 0 ? parameter.DecodeValue().ToString() : Watermark.Start;
            }
        }

        return (watermark, ticket);
    }
}

/// <summary>The accepted stream, for as long as it lasts.</summary>
internal sealed class StreamResult(string conversationId, long after) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var options = services.GetRequiredService<IOptions<DirectLineOptions>>().Value;
        var open = services.GetRequiredService<OpenStreams>();
        using var subscription = open.Subscribe(conversationId);
        using var socket = await httpContext.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = options.KeepAlive * 2,
            KeepAliveTimeout = options.SendTimeout,
        });
        // Its ticket is used up, and does not belong in a request log either.
        httpContext.Request.QueryString = QueryString.Empty;
        var stream = new ActivityStream(
            socket,
            subscription,
            services.GetRequiredService<IActivityLog>(),
            options,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ActivityStream>>());
        await stream.RunAsync(after, open.Stopping);
    }
}
