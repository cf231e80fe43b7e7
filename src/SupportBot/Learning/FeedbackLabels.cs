using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;
using SupportBot.Turns;

namespace SupportBot.Learning;

/// <summary>
/// Makes labels of what customers think of answers. It reads what the turns have kept, once each, so that no customer waits for it. An answer
/// that cites several articles, and one to a question that means nothing without the one before, say nothing of any single article.
/// </summary>
public sealed class FeedbackLabels(
    IDbContextFactory<SupportBotDb> contexts, Commits commits, LabelDesk desk, UnderstandingSource understanding, ILogger<FeedbackLabels> logger)
{
    private const int AtATime = 100;

    /// <summary>Takes up what has come since the last time.</summary>
    public async Task TakeUpAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var waiting = await db.Feedback.AsNoTracking().Where(f => f.Unlabelled).OrderBy(f => f.At).Take(AtATime).ToListAsync(ct);
        foreach (var feedback in waiting)
        {
            try
            {
                await commits.RunAsync(feedback.ConversationId, writing => LabelAsync(writing, feedback, ct), ct);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                logger.LogError(e, "What a customer thought of an answer in conversation {ConversationId} could not be read and is not learnt from", feedback.ConversationId);
                await commits.RunAsync(feedback.ConversationId, async writing => (await FindAsync(writing, feedback, ct))?.Unlabelled = false, ct);
            }
        }
    }

    private async Task<bool> LabelAsync(SupportBotDb db, AnswerFeedback noted, CancellationToken ct)
    {
        if (await FindAsync(db, noted, ct) is not { Unlabelled: true } feedback)
        {
            return false;
        }

        feedback.Unlabelled = false;
        var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == feedback.ConversationId, ct);
        if (conversation is null || await JudgedAnswerAsync(db, feedback, ct) is not { } judged)
        {
            return false;
        }

        var (question, evidence) = judged;
        var (slug, source) = (evidence.Passages[0].Slug, feedback.Said == FeedbackBy.Thumb ? LabelSource.Thumb : LabelSource.Outcome);
        var text = desk.TextOf(question);
        if (Lessons.WordsOf(text).Length == 0 || Questions.GoesOn(text))
        {
            return false;
        }

        await LabelDesk.PutAsync(db, conversation, new LabelledExample
        {
            ConversationId = conversation.Id,
            Sequence = feedback.AnswerSequence,
            Kind = LabelKind.Answer,
            Source = source,
            Text = text,
            Article = slug,
            Right = feedback.Liked,
            At = feedback.At,
        }, ct);
        if (feedback.Liked && IntentOf(evidence, slug) is { } intent)
        {
            await LabelDesk.PutAsync(db, conversation, new LabelledExample
            {
                ConversationId = conversation.Id,
                Sequence = question.Sequence,
                Kind = LabelKind.Intent,
                Source = source,
                Text = text,
                Intent = intent,
                At = feedback.At,
            }, ct);
        }
        else if (await LabelDesk.StandingAsync(db, conversation.Id, question.Sequence, LabelKind.Intent, ct) is { } standing && standing.Source != LabelSource.Agent)
        {
            // They have changed their mind.
            standing.Current = false;
            conversation.Touch();
        }

        return true;
    }

    /// <summary>What was asked and why it was answered so; null when the answer is no single article's.</summary>
    private static async Task<(ActivityRecord Question, Evidence Evidence)?> JudgedAnswerAsync(SupportBotDb db, AnswerFeedback feedback, CancellationToken ct)
    {
        var replies = db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == feedback.ConversationId && a.Author == Author.Bot && a.Evidence != null && a.Sequence <= feedback.AnswerSequence);
        var answer = await replies.FirstOrDefaultAsync(a => a.Sequence == feedback.AnswerSequence, ct);
        if (answer is null || EvidenceOf(answer) is not { Passages.Count: > 0 } evidence || !CitesOnly(answer, evidence.Passages[0].Slug))
        {
            return null;
        }

        // Who chose a reading had asked the question before.
        var asked = evidence.ReasonCode switch
        {
            ReasonCode.Answered => answer,
            ReasonCode.ReadingChosen => await replies.Where(a => a.Sequence < answer.Sequence).OrderByDescending(a => a.Sequence).FirstOrDefaultAsync(ct),
            _ => null,
        };
        var questionId = asked is null ? null : ActivityJson.Parse(asked.Json).ReplyToId;
        var question = questionId is null ? null : await db.Activities.AsNoTracking()
            .FirstOrDefaultAsync(a => a.ConversationId == feedback.ConversationId && a.ActivityId == questionId && a.Author == Author.Customer, ct);
        return question is null ? null : (question, evidence);
    }

    /// <summary>The intent that it was read as, if that is what the article is for: an answer can be right in spite of its reading.</summary>
    private string? IntentOf(Evidence evidence, string slug) =>
        understanding.Current.Intents.FirstOrDefault(i => i.Name == evidence.Intent?.Name && i.Articles.Contains(slug))?.Name;

    private static bool CitesOnly(ActivityRecord answer, string slug)
    {
        var message = ActivityJson.Parse(answer.Json).Entities?.FirstOrDefault(e => e.Type == Citations.EntityType)?.Properties;
        return message?.TryGetValue("citation", out var claims) == true
            && claims.EnumerateArray().All(c => c.GetProperty("appearance").GetProperty("url").GetString()?.EndsWith($"/help/{slug}", StringComparison.Ordinal) == true);
    }

    private static Evidence EvidenceOf(ActivityRecord row) => JsonSerializer.Deserialize<Evidence>(row.Evidence!, JsonSerializerOptions.Web)!;

    private static Task<AnswerFeedback?> FindAsync(SupportBotDb db, AnswerFeedback feedback, CancellationToken ct) =>
        db.Feedback.FirstOrDefaultAsync(f => f.ConversationId == feedback.ConversationId && f.AnswerSequence == feedback.AnswerSequence && f.Said == feedback.Said, ct);
}
