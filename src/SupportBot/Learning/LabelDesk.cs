using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;
using SupportBot.Turns;

namespace SupportBot.Learning;

/// <summary>What came of labelling a message.</summary>
public enum LabelOutcome
{
    Done,
    NoConversation,
    NoMessage,
    NoWords,
    UnknownIntent,
}

/// <summary>
/// Takes labels: one of a kind per message stands, the latest, except that a customer's never stands in the place of an agent's. Each is one
/// commit with its conversation, whose version keeps two who label at once apart.
/// </summary>
public sealed class LabelDesk(Commits commits, ConversationLog log, UnderstandingSource understanding, TimeProvider time)
{
    /// <summary>An agent says what a customer's message means.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="sequence">The customer's message.</param>
    /// <param name="intent">The intent, by name; null when it means none of the company's.</param>
    /// <param name="agent">The agent's name.</param>
    /// <param name="ct">Cancels a change that has not begun.</param>
    public Task<LabelOutcome> CorrectAsync(string conversationId, long sequence, string? intent, string agent, CancellationToken ct) =>
        intent is not null && understanding.Current.Intents.All(i => i.Name != intent)
            ? Task.FromResult(LabelOutcome.UnknownIntent)
            : ActAsync(conversationId, async (db, conversation) =>
            {
                var message = await db.Activities.AsNoTracking().FirstOrDefaultAsync(
                    a => a.ConversationId == conversationId && a.Sequence == sequence && a.Author == Author.Customer && a.Type == ActivityTypes.Message, ct);
                if (message is null)
                {
                    return LabelOutcome.NoMessage;
                }

                var text = TextOf(message);
                if (Lessons.WordsOf(text).Length == 0)
                {
                    return LabelOutcome.NoWords;
                }

                await PutAsync(db, conversation, new LabelledExample
                {
                    ConversationId = conversationId,
                    Sequence = sequence,
                    Kind = LabelKind.Intent,
                    Source = LabelSource.Agent,
                    Text = text,
                    Intent = intent,
                    By = agent,
                    At = time.GetUtcNow(),
                }, ct);
                return LabelOutcome.Done;
            }, ct);

    /// <summary>Agents no longer say what a customer's message means.</summary>
    public Task<LabelOutcome> TakeBackAsync(string conversationId, long sequence, CancellationToken ct) => ActAsync(conversationId, async (db, conversation) =>
    {
        if (await StandingAsync(db, conversationId, sequence, LabelKind.Intent, ct) is not { Source: LabelSource.Agent } label)
        {
            return LabelOutcome.NoMessage;
        }

        label.Current = false;
        conversation.Touch();
        return LabelOutcome.Done;
    }, ct);

    /// <summary>What is learnt from a message: its words without personal data.</summary>
    internal string TextOf(ActivityRecord message)
    {
        var text = understanding.Current.Redact(ActivityJson.Parse(message.Json).Text ?? "");
        return text.Length <= LabelledExample.LongestText ? text : Conversation.Excerpt(text, LabelledExample.LongestText);
    }

    /// <summary>Puts a label in the place of the one that stands, unless that one counts more, in this unit of work.</summary>
    internal static async Task PutAsync(SupportBotDb db, Conversation conversation, LabelledExample label, CancellationToken ct)
    {
        if (await StandingAsync(db, label.ConversationId, label.Sequence, label.Kind, ct) is { } standing)
        {
            var same = (standing.Source, standing.Intent, standing.Article, standing.Right, standing.By) == (label.Source, label.Intent, label.Article, label.Right, label.By);
            if (same || (standing.Source == LabelSource.Agent && label.Source != LabelSource.Agent))
            {
                return;
            }

            standing.Current = false;
        }

        conversation.Touch();
        db.Labels.Add(label);
    }

    internal static Task<LabelledExample?> StandingAsync(SupportBotDb db, string conversationId, long sequence, LabelKind kind, CancellationToken ct) =>
        db.Labels.FirstOrDefaultAsync(l => l.ConversationId == conversationId && l.Sequence == sequence && l.Kind == kind && l.Current, ct);

    private async Task<LabelOutcome> ActAsync(string conversationId, Func<SupportBotDb, Conversation, Task<LabelOutcome>> act, CancellationToken ct)
    {
        var (outcome, changed) = await commits.RunAsync<(LabelOutcome, Conversation?)>(conversationId, async db =>
            await db.Conversations.FirstOrDefaultAsync(c => c.Id == conversationId, ct) is { } conversation
                ? (await act(db, conversation), conversation)
                : (LabelOutcome.NoConversation, null), ct);
        if (outcome == LabelOutcome.Done)
        {
            log.Announce(changed!);
        }

        return outcome;
    }
}
