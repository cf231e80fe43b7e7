using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>What the bot did with a message, or would do.</summary>
/// <param name="Action"><c>answered</c>, <c>asked back</c>, <c>collected</c>, <c>small talk</c> or <c>handed over</c>.</param>
/// <param name="Article">Slug of the article that it answered from; null when it did not.</param>
/// <param name="Probability">That the best article answers, 0 to 1.</param>
public sealed record ReplayOutcome(string Action, ReasonCode Reason, string? Article, double? Probability);

/// <summary>A message whose outcome would change.</summary>
/// <param name="Text">The customer's words without personal data.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c> or <c>unclear</c>, by what customers said of the answer then.</param>
public sealed record ReplayedMessage(string ConversationId, long Sequence, string Text, ReplayOutcome Before, ReplayOutcome After, string Verdict);

/// <summary>What the files as they are now would change in past conversations.</summary>
public sealed record ReplayResult(int Conversations, int Messages, int Same, int Better, int Worse, int Unclear, IReadOnlyList<ReplayedMessage> Changes);

/// <summary>
/// Past conversations once more, with the knowledge as it is now: what a change of articles or intents does is seen before customers meet it.
/// Each conversation is gone through in order with the state that the new decisions leave; what humans handled is left out.
/// </summary>
public sealed class Replay(IDbContextFactory<SupportBotDb> contexts, UnderstandingSource understanding, SearchEngines engines)
{
    public const int MostConversations = 10_000;

    /// <param name="last">How many conversations, the latest first.</param>
    public async Task<ReplayResult> RunAsync(int last, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = await db.Conversations.AsNoTracking().Where(c => c.Subject != "").OrderByDescending(c => c.LastAt).Take(last).Select(c => c.Id).ToListAsync(ct);
        var (messages, changes) = (0, new List<ReplayedMessage>());
        foreach (var id in ids)
        {
            var rows = await db.Activities.AsNoTracking().Where(a => a.ConversationId == id && a.Type == ActivityTypes.Message).OrderBy(a => a.Sequence).ToListAsync(ct);
            var liked = await db.Feedback.AsNoTracking().Where(f => f.ConversationId == id && f.Said == FeedbackBy.Thumb).ToDictionaryAsync(f => f.AnswerSequence, f => f.Liked, ct);
            await foreach (var (message, changed) in RunAsync(id, rows, liked, ct))
            {
                messages++;
                if (changed)
                {
                    changes.Add(message);
                }
            }
        }

        return new ReplayResult(
            ids.Count, messages, messages - changes.Count,
            changes.Count(c => c.Verdict == "better"), changes.Count(c => c.Verdict == "worse"), changes.Count(c => c.Verdict == "unclear"), changes);
    }

    private async IAsyncEnumerable<(ReplayedMessage Message, bool Changed)> RunAsync(
        string conversationId, List<ActivityRecord> rows, Dictionary<long, bool> liked, [EnumeratorCancellation] CancellationToken ct)
    {
        var replies = rows.Where(r => r.Author == Author.Bot && r.Evidence is not null)
            .Select(r => (Row: r, ActivityJson.Parse(r.Json).ReplyToId, Evidence: JsonSerializer.Deserialize<Evidence>(r.Evidence!, JsonSerializerOptions.Web)!))
            .Where(r => r.ReplyToId is not null)
            .ToLookup(r => r.ReplyToId!, StringComparer.Ordinal);
        var asked = rows.Where(r => r.Author == Author.Customer && replies.Contains(r.ActivityId)).ToList();
        var state = DialogueState.Start;
        for (var i = 0; i < asked.Count; i++)
        {
            var text = understanding.Current.Redact(ActivityJson.Parse(asked[i].Json).Text ?? "");
            var reply = replies[asked[i].ActivityId].First();
            var found = await engines.FindAsync(understanding.Current, text, state, ct);
            var decision = understanding.Current.Decide(text, state, asked[i].At, found: found);
            state = decision.Next;
            var (before, after) = (OutcomeOf(reply.Evidence), OutcomeOf(decision.Evidence));
            bool? opinion = liked.TryGetValue(reply.Row.Sequence, out var thumb) ? thumb : i + 1 < asked.Count ? OpinionIn(replies[asked[i + 1].ActivityId].First().Evidence.ReasonCode) : null;
            var changed = before.Action != after.Action || before.Article != after.Article;
            yield return (new ReplayedMessage(conversationId, asked[i].Sequence, text, before, after, VerdictOn(before, after, opinion)), changed);
        }
    }

    /// <summary>What the customer's next message said about the answer.</summary>
    private static bool? OpinionIn(ReasonCode next) => next switch
    {
        ReasonCode.Solved => true,
        ReasonCode.NotHelped => false,
        _ => null,
    };

    private static string VerdictOn(ReplayOutcome before, ReplayOutcome after, bool? opinion) => (before.Article, after.Article, opinion) switch
    {
        (not null, _, true) => "worse",
        (not null, _, false) => "better",
        (null, not null, _) => "better",
        _ => "unclear",
    };

    private static ReplayOutcome OutcomeOf(Evidence evidence)
    {
        var action = evidence.ReasonCode switch
        {
            ReasonCode.Answered or ReasonCode.ReadingChosen => "answered",
            ReasonCode.Ambiguous => "asked back",
            ReasonCode.SmallTalk or ReasonCode.Solved or ReasonCode.EmptyText or ReasonCode.Cancelled => "small talk",
            ReasonCode.AskedForTicket or ReasonCode.SlotFilled or ReasonCode.SlotCorrected or ReasonCode.SlotNotUnderstood or ReasonCode.SlotsComplete or ReasonCode.WorkflowNeverAnswers
                or ReasonCode.OwnCase or ReasonCode.LookedUp or ReasonCode.NothingFound or ReasonCode.LookUpFailed or ReasonCode.Reminded or ReasonCode.WentOn => "collected",
            _ => "handed over",
        };
        return new ReplayOutcome(action, evidence.ReasonCode, action == "answered" && evidence.Passages.Count > 0 ? evidence.Passages[0].Slug : null, evidence.AnswerProbability);
    }
}
