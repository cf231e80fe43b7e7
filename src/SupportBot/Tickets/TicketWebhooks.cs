using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SupportBot.Hosting;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>A webhook call that was taken, so that the same one again is nothing new.</summary>
public sealed class WebhookDelivery
{
    public required string System { get; init; }

    public required string DeliveryId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// <c>POST /api/tickets/webhooks/{system}</c>: what ticketing systems tell us. Each is checked by its vendor's own scheme; what passes is a hint to
/// look, and forged, unsigned and replayed ones are counted.
/// </summary>
public static class TicketWebhooks
{
    public const string Path = "/api/tickets/webhooks";

    private const int LargestBody = 1024 * 1024;
    private const int LongestDeliveryId = 200;

    /// <summary>No system repeats a call for longer than days.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    private static readonly Meter Meter = new("SupportBot.Tickets");
    private static readonly Counter<long> Taken = Meter.CreateCounter<long>("supportbot.tickets.webhooks.taken", description: "Webhook calls that were taken");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("supportbot.tickets.webhooks.refused", description: "Webhook calls that were refused");

    public static void MapTicketWebhooks(this IEndpointRouteBuilder routes) => routes.MapPost($"{Path}/{{system}}", ReceiveAsync)
        .RequireRateLimiting(RateLimits.Webhook)
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody))
        .WithTags("Tickets")
        .WithSummary("A ticketing system says that a ticket has changed");

    private static async Task<Results<Accepted, JsonHttpResult<ErrorBody>>> ReceiveAsync(
        string system, HttpRequest request, TicketSystems systems, TicketSync sync, TicketHints hints, Commits commits, TimeProvider time, ILoggerFactory loggers, CancellationToken ct)
    {
        if (systems.Find(system) is not { } found)
        {
            return ErrorBody.Result(404, "TicketSystemNotFound", "There is no ticketing system of this name.", "system");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var now = time.GetUtcNow();
        var reading = found.ReadWebhook(new WebhookRequest(request.Headers, body.ToArray(), now));
        switch (reading)
        {
            case WebhookReading.Refused refused:
                Refused.Add(1, new KeyValuePair<string, object?>("system", found.Name));
                loggers.CreateLogger(typeof(TicketWebhooks)).LogWarning("A webhook call for {System} was refused: {Reason}", found.Name, refused.Reason);
                return ErrorBody.Result(401, "WebhookRefused", "This call is not signed as the configuration of this system demands.");
            case WebhookReading.Hint hint when await IsNewAsync(commits, found.Name, hint.DeliveryId, now, ct):
                hints.Add(found.Name, hint.TicketId);
                break;
            case WebhookReading.Told told:
                // Taken over before it is noted: if this is cut short, the system says it again, and saying it twice does no harm.
                await sync.TakeOverAsync(found.Name, told.State.Id, told.State, now, told.Order, ct);
                await IsNewAsync(commits, found.Name, told.DeliveryId, now, ct);
                break;
        }

        Taken.Add(1, new KeyValuePair<string, object?>("system", found.Name));
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<bool> IsNewAsync(Commits commits, string system, string? deliveryId, DateTimeOffset now, CancellationToken ct)
    {
        if (deliveryId is null)
        {
            return true;
        }

        var id = deliveryId.Length <= LongestDeliveryId ? deliveryId : TicketReference.Of(deliveryId);
        return await commits.RunAsync(system, async db =>
        {
            if (await db.WebhookDeliveries.AnyAsync(d => d.System == system && d.DeliveryId == id, ct))
            {
                return false;
            }

            var forgotten = now - Remembered;
            await db.WebhookDeliveries.Where(d => d.At < forgotten).ExecuteDeleteAsync(ct);
            db.WebhookDeliveries.Add(new WebhookDelivery { System = system, DeliveryId = id, At = now });
            return true;
        }, ct);
    }
}
