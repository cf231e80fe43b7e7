using System.Text.Json.Serialization;

namespace SupportBot.Answers.Models;

/// <summary>What a model is asked to put into words.</summary>
/// <param name="Question">The customer's question, complete in itself.</param>
/// <param name="Passages">What it may be answered from, the decided article's first, see <see cref="SourcePassage.Of"/>.</param>
/// <param name="Locale">BCP 47 tag of the passages' language.</param>
/// <param name="KnownNames">Names that need not be in a passage: the company's and the bot's.</param>
/// <param name="Site">The site that the conversation belongs to; budgets are counted by it.</param>
/// <param name="Conversation">The conversation's id; budgets are counted by it.</param>
/// <param name="AskedAt">When the customer's message came: the time allowed runs from here.</param>
public sealed record ModelRequest(
    string Question, IReadOnlyList<SourcePassage> Passages, string Locale, IReadOnlyList<string> KnownNames, string Site, string Conversation, DateTimeOffset AskedAt);

/// <summary>What came of asking a model; one of the records nested in it.</summary>
public abstract record ModelOutcome
{
    private ModelOutcome()
    {
    }

    /// <summary>An answer, every sentence of which was found in the passage that it cites.</summary>
    /// <param name="Text">Paragraphs and <c>- </c> lists with markers such as <c>[1]</c>.</param>
    /// <param name="Citations">What the markers stand for: one an article, numbered in the order of their first use.</param>
    /// <param name="Dropped">Sentences of the model that the customer does not see.</param>
    public sealed record Written(string Text, IReadOnlyList<Citation> Citations, IReadOnlyList<DroppedSentence> Dropped) : ModelOutcome;

    /// <summary>No answer of the model's: the extractive one stands.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Dropped">Sentences that failed the check, when it came that far.</param>
    public sealed record Refused(ModelRefusal Reason, IReadOnlyList<DroppedSentence> Dropped) : ModelOutcome;
}

/// <summary>What is kept with a decision about how its answer was worded.</summary>
/// <param name="Refusal">Why the model's answer was not used; null when it was.</param>
/// <param name="Dropped">Sentences of the model that failed a check.</param>
public sealed record ModelEvidence(ModelRefusal? Refusal, IReadOnlyList<DroppedSentence> Dropped)
{
    /// <summary>What is kept of an outcome.</summary>
    public static ModelEvidence Of(ModelOutcome outcome) => outcome switch
    {
        ModelOutcome.Written written => new ModelEvidence(null, written.Dropped),
        ModelOutcome.Refused refused => new ModelEvidence(refused.Reason, refused.Dropped),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}

/// <summary>A sentence of the model that failed a check.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Detail">The words or figures that it failed on.</param>
/// <param name="Replacement">The article's own sentence that took its place; null when none did.</param>
public sealed record DroppedSentence(string Text, SentenceFault Reason, string Detail, string? Replacement);

/// <summary>Why the model's answer is not used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelRefusal>))]
public enum ModelRefusal
{
    /// <summary>There was nothing to answer from.</summary>
    NoPassages,

    /// <summary>The passages are in a language whose denials and strong words the checks do not know.</summary>
    Language,

    /// <summary>The conversation has used what it may.</summary>
    ConversationBudget,

    /// <summary>The site has used what it may today.</summary>
    SiteBudget,

    /// <summary>The service has used what it may today.</summary>
    DayBudget,

    /// <summary>The model failed too often lately and is left alone for a while.</summary>
    CircuitOpen,

    /// <summary>The answer was not complete in time.</summary>
    TimedOut,

    /// <summary>The model could not be reached or answered with an error.</summary>
    Failed,

    /// <summary>The answer broke off: at the token limit, by a content filter, or on the way.</summary>
    Incomplete,

    /// <summary>The answer was far longer than asked for.</summary>
    TooLong,

    /// <summary>The answer gave away its instructions.</summary>
    Leaked,

    /// <summary>Too little of it was found in the passages, or nothing in the article that the answer was decided for.</summary>
    NotGrounded,
}

/// <summary>Why a sentence of the model is not shown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SentenceFault>))]
public enum SentenceFault
{
    /// <summary>It cites nothing.</summary>
    Uncited,

    /// <summary>It cites a passage that was not given.</summary>
    UnknownPassage,

    /// <summary>It holds a link or markup.</summary>
    Markup,

    /// <summary>It says nothing that could be checked.</summary>
    Empty,

    /// <summary>A number, date, price or code is not in the passage, or belongs to something else there.</summary>
    Figure,

    /// <summary>A name is not in the passage.</summary>
    Name,

    /// <summary>It denies what the passage says, or says what the passage denies.</summary>
    Negation,

    /// <summary>It is stronger than the passage, or says the opposite: all, only, free, before.</summary>
    Strength,

    /// <summary>Too few of its words are in the passage.</summary>
    Support,
}
