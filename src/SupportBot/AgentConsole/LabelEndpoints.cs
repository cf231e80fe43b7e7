using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Hosting;
using SupportBot.Learning;
using SupportBot.Turns;

namespace SupportBot.AgentConsole;

/// <summary>An intent that agents may choose.</summary>
public sealed record IntentChoice(string Name, string Title);

/// <summary>What an agent says that a message means: an intent by name, or none of them.</summary>
public sealed record CorrectionRequest(string? Intent, bool NoneOfThem);

/// <summary>Agents say what customers' messages mean.</summary>
public static class LabelEndpoints
{
    private const int LongestName = 256;

    public static void MapLabels(this IEndpointRouteBuilder routes, string policy)
    {
        var group = routes.MapGroup("/api/console").RequireAuthorization(policy).WithTags("Console");
        group.MapGet("/intents", Intents).WithSummary("The intents that a message can have");
        group.MapPut("/conversations/{id}/activities/{sequence:long}/intent", CorrectAsync).WithSummary("Says what a customer's message means");
        group.MapDelete("/conversations/{id}/activities/{sequence:long}/intent", TakeBackAsync).WithSummary("Takes back what an agent said that it means");
    }

    private static Ok<IReadOnlyList<IntentChoice>> Intents(UnderstandingSource understanding) =>
        TypedResults.Ok<IReadOnlyList<IntentChoice>>([.. understanding.Current.Intents.OrderBy(i => i.Title, StringComparer.OrdinalIgnoreCase).Select(i => new IntentChoice(i.Name, i.Title))]);

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> CorrectAsync(
        string id, long sequence, CorrectionRequest request, LabelDesk desk, HttpContext http)
    {
        var named = request.Intent is { Length: > 0 and <= LongestName };
        return named == request.NoneOfThem
            ? ErrorBody.Result(400, "BadArgument", "Give either intent, the name of one, or noneOfThem: true.", "intent")
            : Answer(await desk.CorrectAsync(id, sequence, named ? request.Intent : null, Agents.Of(http.User).Name, http.RequestAborted));
    }

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> TakeBackAsync(string id, long sequence, LabelDesk desk, CancellationToken ct) =>
        Answer(await desk.TakeBackAsync(id, sequence, ct));

    private static Results<NoContent, JsonHttpResult<ErrorBody>> Answer(LabelOutcome outcome) => outcome switch
    {
        LabelOutcome.Done => TypedResults.NoContent(),
        LabelOutcome.UnknownIntent => ErrorBody.Result(400, "UnknownIntent", "There is no intent of this name.", "intent"),
        LabelOutcome.NoWords => ErrorBody.Result(400, "NoWords", "There are no words in this message to learn from.", "sequence"),
        LabelOutcome.NoMessage => ErrorBody.Result(404, "MessageNotFound", "There is no such message of the customer's, or nothing to take back.", "sequence"),
        _ => ErrorBody.Result(404, "ConversationNotFound", "There is no conversation with this id.", "id"),
    };
}
