using SupportBot.Answers;
using SupportBot.Answers.Models;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Models;

namespace SupportBot.Turns;

/// <summary>A decision as it is said.</summary>
/// <param name="StreamId">Names the live answer that the customer has seen growing; null when there was none.</param>
public sealed record WordedDecision(Decision Decision, string? StreamId);

/// <summary>
/// Has answers put into words by a model, when one is configured: what the customer sees growing has passed every check, and whatever goes
/// wrong leaves the article's own sentences. Other decisions are said as they are.
/// </summary>
public sealed class WordedAnswers(ModelAnswers models, UnderstandingSource understanding, ConversationSignals signals, CurrentCompany company)
{
    /// <param name="decision">The decision, with the answer in the articles' own sentences.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="inbound">The customer's message.</param>
    /// <param name="ct">Ends the attempt and the turn.</param>
    public async Task<WordedDecision> WordAsync(Decision decision, Conversation conversation, ActivityRecord inbound, CancellationToken ct)
    {
        if (!models.IsOn || decision is not Decision.Answer answer || answer.Next.Question is not { } question)
        {
            return new WordedDecision(decision, null);
        }

        var articles = answer.Citations.Select(c => understanding.Current.Article(c.Slug, conversation.Locale)).OfType<Knowledge.Article>().ToList();
        var request = new ModelRequest(
            question,
            SourcePassage.Of(articles, question),
            articles.Count > 0 ? articles[0].Locale : "en",
            [company.Facts.Name, company.Facts.Bot],
            conversation.SiteId,
            conversation.Id,
            inbound.At);
        var live = new Live(signals, conversation, company.Facts.Bot, inbound.ActivityId);
        return await models.TryWriteAsync(request, live.ShowAsync, ct) switch
        {
            ModelOutcome.Written written => new WordedDecision(
                answer with { Text = written.Text, Citations = written.Citations, Evidence = Noted(answer.Evidence, "A model put it into words.", written.Dropped.Count) },
                live.StreamId),
            ModelOutcome.Refused refused => new WordedDecision(
                answer with { Evidence = Noted(answer.Evidence, $"The model's words were not used: {refused.Reason}.", refused.Dropped.Count) },
                live.StreamId),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    private static Evidence Noted(Evidence evidence, string note, int dropped) =>
        evidence with { Explanation = dropped == 0 ? $"{evidence.Explanation} {note}" : $"{evidence.Explanation} {note} Sentences left out: {dropped}." };

    /// <summary>The answer while it grows: shown to the streams that are open, never stored.</summary>
    private sealed class Live(ConversationSignals signals, Conversation conversation, string bot, string replyToId)
    {
        private int _parts;

        public string? StreamId { get; private set; }

        public Task ShowAsync(string text)
        {
            if (conversation.Channel == ChannelIds.DirectLine)
            {
                var part = LiveStream.Part(text, ++_parts, StreamId);
                var message = BotMessages.Message(Author.Bot, bot, text, replyToId);
                var id = signals.PublishEphemeral(conversation.Id, part with { From = message.From, ReplyToId = replyToId });
                StreamId ??= id;
            }

            return Task.CompletedTask;
        }
    }
}
