using System.Text.Json.Serialization;

namespace SupportBot.Answers;

/// <summary>Why the bot decided as it did.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReasonCode>))]
public enum ReasonCode
{
    /// <summary>There were no words in the message.</summary>
    EmptyText,

    /// <summary>The customer asked for a human.</summary>
    AskedForHuman,

    /// <summary>The customer asked for a ticket.</summary>
    AskedForTicket,

    /// <summary>The bot's last answer did not help.</summary>
    NotHelped,

    /// <summary>A value was given and another one is needed.</summary>
    SlotFilled,

    /// <summary>The customer corrected a value.</summary>
    SlotCorrected,

    /// <summary>No value was found in the reply.</summary>
    SlotNotUnderstood,

    /// <summary>No value was found after asking again.</summary>
    SlotGivenUp,

    /// <summary>Everything needed has been collected.</summary>
    SlotsComplete,

    /// <summary>The customer no longer wants it.</summary>
    Cancelled,

    /// <summary>The customer asks about a case of their own, which is looked up.</summary>
    OwnCase,

    /// <summary>There is an answer, and the workflow wants a human to approve it.</summary>
    Drafted,

    /// <summary>It was looked up and said.</summary>
    LookedUp,

    /// <summary>The company's system knows nothing under the value given.</summary>
    NothingFound,

    /// <summary>The company's system did not answer.</summary>
    LookUpFailed,

    /// <summary>The customer came back after a while and is reminded of what was asked.</summary>
    Reminded,

    /// <summary>The customer goes on with what another subject had interrupted.</summary>
    WentOn,

    /// <summary>The customer said that the answer settled it.</summary>
    Solved,

    /// <summary>The bot itself failed; a human is brought in.</summary>
    BotFailure,

    /// <summary>Small talk.</summary>
    SmallTalk,

    /// <summary>The intent's workflow wants somebody to act on the case.</summary>
    WorkflowNeverAnswers,

    /// <summary>The articles answer it.</summary>
    Answered,

    /// <summary>The customer picked one of the readings offered.</summary>
    ReadingChosen,

    /// <summary>There are a few plausible readings.</summary>
    Ambiguous,

    /// <summary>It is about nothing that the company's intents and articles are about.</summary>
    OutOfScope,

    /// <summary>It is in a language that the company has no articles in.</summary>
    OtherLanguage,

    /// <summary>There is an article, but too little says that it answers.</summary>
    LowConfidence,

    /// <summary>No article has anything to do with it.</summary>
    NoPassage,
}
