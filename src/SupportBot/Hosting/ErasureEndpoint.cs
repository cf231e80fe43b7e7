using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Turns;

namespace SupportBot.Hosting;

/// <summary>Deleting a conversation, as a customer may ask for.</summary>
public static class ErasureEndpoint
{
    private const int LongestId = 128;

    public static void MapErasure(this IEndpointRouteBuilder routes, string policy) =>
        routes.MapDelete("/api/console/conversations/{id}", DeleteAsync)
            .RequireAuthorization(policy)
            .WithTags("Console")
            .WithSummary("Deletes a conversation with its files for good");

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> DeleteAsync(string id, Erasure erasure, CancellationToken ct) =>
        id.Length <= LongestId && await erasure.DeleteAsync(id, ct)
            ? TypedResults.NoContent()
            : ErrorBody.Result(404, "ConversationNotFound", "There is no such conversation.", "id");
}
