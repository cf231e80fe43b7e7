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

    /// <summary>A message was edited; the id is the message's.</summary>
    public const string MessageUpdate = "messageUpdate";

    /// <summary>A message was taken back; the id is the message's.</summary>
    public const string MessageDelete = "messageDelete";

    /// <summary>Somebody reacted to a message.</summary>
    public const string MessageReaction = "messageReaction";

    /// <summary>The bot was added to a channel or taken from it.</summary>
    public const string InstallationUpdate = "installationUpdate";

    /// <summary>A call that wants a synchronous answer.</summary>
    public const string Invoke = "invoke";

    /// <summary>A diagnostic note for developers.</summary>
    public const string Trace = "trace";
}
