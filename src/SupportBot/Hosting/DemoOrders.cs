using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using SupportBot.Company;

namespace SupportBot.Hosting;

/// <summary>One order of the sample shop, as its order system would give it.</summary>
/// <param name="Status"><c>packing</c>, <c>shipped</c>, <c>delayed</c>, <c>delivered</c>, <c>cancelled</c> or <c>ready for collection</c>.</param>
/// <param name="Placed">The day it was placed.</param>
public sealed record DemoOrder(string Number, string Status, string Placed, IReadOnlyList<string> Items, DemoDelivery? Delivery);

/// <param name="Eta">The day on which it should arrive; null when nobody can say.</param>
/// <param name="Delivered">The day on which it arrived; null before that.</param>
/// <param name="Place">Where it was seen last.</param>
public sealed record DemoDelivery(string Carrier, string? Tracking, string? Eta, string? Delivered, string Place);

/// <summary>
/// A small order system of the sample shop, so that its look-ups can be tried without one; served in Development alone. Days are counted from
/// today.
/// </summary>
public static class DemoOrders
{
    private const string Carrier = "An Post";

    public static void MapDemoOrders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/demo/api/orders/{number}", Find).ExcludeFromDescription();

    private static Results<Ok<DemoOrder>, NotFound> Find(string number, CurrentCompany company, TimeProvider time)
    {
        var today = time.GetUtcNow().ToInstant().InZone(company.Facts.TimeZone).Date;
        return Of(number.ToUpperInvariant(), today) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();
    }

    private static DemoOrder? Of(string number, LocalDate today) => number switch
    {
        "TT-123456" => new(number, "shipped", Day(today, -3), ["Fell 40 rucksack"], new(Carrier, "IE4810023AP", Day(today, 1), null, "the depot in Athlone")),
        "TT-204418" => new(number, "packing", Day(today, -1), ["Head torch"], new(Carrier, null, Day(today, 3), null, "our warehouse in Galway")),
        "TT-481203" => new(number, "delivered", Day(today, -9), ["Tarn 2 tent", "Tent pegs"], new(Carrier, "IE4810077AP", null, Day(today, -4), "your front door")),
        "TT-519937" => new(number, "delivered", Day(today, -6), ["Enamel mug", "Camping stove"], new(Carrier, "IE4810091AP", null, Day(today, -2), "your front door")),
        "TT-770451" => new(number, "delayed", Day(today, -12), ["Hiking boots"], new(Carrier, "IE4809954AP", null, null, "customs in Dublin")),
        "TT-905512" => new(number, "cancelled", Day(today, -5), ["Rain jacket"], null),
        "TT-360741" => new(number, "ready for collection", Day(today, -2), ["Down jacket"], new("Click and collect", null, null, null, "our shop in Galway")),
        _ => null,
    };

    private static string Day(LocalDate today, int days) => LocalDatePattern.Iso.Format(today.PlusDays(days));
}
