namespace SupportBot.BotFramework.Activities;

/// <summary>The activity types of the protocol that this library names. Others are legal and are passed on unread.</summary>
public static class ActivityTypes
{
    /// <summary>Something said, shown in the conversation.</summary>
    public const string Message = "message";

    /// <summary>The sender is writing. With text it is a part of a live answer.</summary>
    public const string Typing = "typing";

    /// <summary>A named signal with a value, not shown.</summary>
    public const string Event = "event";

    /// <summary>Somebody joined or left.</summary>
    public const string ConversationUpdate = "conversationUpdate";

    /// <summary>The conversation is over.</summary>
    public const string EndOfConversation = "endOfConversation";

    /// <summary>A call that wants a synchronous answer.</summary>
    public const string Invoke = "invoke";

    /// <summary>A diagnostic note for developers.</summary>
    public const string Trace = "trace";
}
