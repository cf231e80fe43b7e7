namespace SupportBot.BotFramework.Activities;

/// <summary>Values of <see cref="Activity.DeliveryMode"/>.</summary>
public static class DeliveryModes
{
    /// <summary>Replies are sent by themselves.</summary>
    public const string Normal = "normal";

    /// <summary>The activity is shown less prominently, or not at all.</summary>
    public const string Notification = "notification";

    /// <summary>The caller waits for the replies.</summary>
    public const string ExpectReplies = "expectReplies";

    /// <summary>The caller can show parts of a reply.</summary>
    public const string Stream = "stream";
}
