namespace SupportBot.Hosting;

/// <summary>
/// Where Azure Bot Service's channels post. No app id can be configured yet, and without one nobody can prove who posts: every request is refused.
/// </summary>
public static class ConnectorEndpoint
{
    public static void MapConnector(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/messages", () => ErrorBody.Result(401, "Unauthorized", "No Bot Framework app is configured here. Direct Line clients use /v3/directline."))
            .WithTags("Connector")
            .WithSummary("Messages of Azure Bot Service's channels");
}
