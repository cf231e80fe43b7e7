using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Connector;

/// <summary>Where channels bring activities.</summary>
public static class ConnectorEndpoints
{
    /// <summary>Maps the address that is registered with channels as the bot's messaging endpoint.</summary>
    public static RouteHandlerBuilder MapConnector(this IEndpointRouteBuilder endpoints, string path = "/api/messages") =>
        endpoints.MapPost(path, static (HttpContext http, ConnectorReception reception) => reception.ReceiveAsync(http))
            .WithTags("Connector");
}

/// <summary>One activity from the request to the answer.</summary>
internal sealed partial class ConnectorReception(
    ConnectorAuthentication authentication,
    ConnectorTurns turns,
    ConnectorClient client,
    IOptions<ConnectorOptions> options,
    ILogger<ConnectorReception> logger)
{
    private static readonly Meter Meter = new("SupportBot.BotFramework");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("connector.refusals");

    public async Task<IResult> ReceiveAsync(HttpContext http)
    {
        var (caller, error) = await authentication.CheckAsync(RequestCredentials.BearerOf(http.Request), http.RequestAborted);
        if (caller is null)
        {
            return Refused(error!);
        }

        var (body, fault) = await JsonBody.ReadAsync(http.Request, options.Value.MaxActivityBytes);
        if (body is null)
        {
            return fault!;
        }

        Activity? activity;
        using (body)
        {
            if (!ActivityJson.TryParse(body.Utf8, out activity, out var parseFault))
            {
                return JsonBody.Refusal(parseFault);
            }
        }

        if (caller.Refuse(activity) is { } refusal)
        {
            return Refused(refusal);
        }

        return InboundFromChannel.Refuse(activity) is { } shapeFault ? shapeFault : await HandleAsync(activity, http.RequestAborted);
    }

    private async Task<IResult> HandleAsync(Activity activity, CancellationToken aborted)
    {
        if (activity.DeliveryMode == DeliveryModes.ExpectReplies)
        {
            var replies = new ExpectedRepliesAdapter(client);
            return await RunAsync(
                activity, replies, _ => TypedResults.Json(replies.Replies, ConnectorJson.Wire.ExpectedReplies), aborted);
        }

        var adapter = new ConnectorAdapter(client);
        if (activity.Type == ActivityTypes.Invoke)
        {
            return await RunAsync(
                activity, adapter, turn => turn.Invoke is { } answer ? Answer(answer) : ConnectorError.NotImplemented, aborted);
        }

        if (!options.Value.AcknowledgeFirst)
        {
            return await RunAsync(activity, adapter, _ => TypedResults.StatusCode(StatusCodes.Status200OK), aborted);
        }

        return turns.TryLeave(activity, adapter)
            ? TypedResults.StatusCode(StatusCodes.Status202Accepted)
            : ConnectorError.TooManyTurns;
    }

    private async Task<IResult> RunAsync(
        Activity activity, BotAdapter adapter, Func<TurnOutcome, IResult> answer, CancellationToken aborted) =>
        await turns.RunAsync(activity, adapter, aborted) switch
        {
            null => ConnectorError.TooManyTurns,
            { Failed: true } => ConnectorError.BotFailed,
            { } outcome => answer(outcome),
        };

    private static IResult Answer(InvokeResponse answer) => answer.Body is { } body
        ? TypedResults.Json(body, ActivityJson.Wire.JsonElement, statusCode: answer.Status)
        : TypedResults.StatusCode(answer.Status);

    private ConnectorError Refused(ConnectorError error)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>("code", error.Code));
        LogRefusal(error.Code, error.Message);
        return error;
    }

    [LoggerMessage(LogLevel.Warning, "An activity was refused: {Code}: {Reason}")]
    private partial void LogRefusal(string code, string reason);
}
