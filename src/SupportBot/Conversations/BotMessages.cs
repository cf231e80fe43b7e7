using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.Conversations;

/// <summary>The messages that this side writes, as activities.</summary>
public static class BotMessages
{
    /// <summary>A message with its author in <c>channelData.supportbot.author</c>, which is how clients tell the bot from agents.</summary>
    public static Activity Message(Author author, string name, string text, string? replyToId = null) => new()
    {
        Type = ActivityTypes.Message,
        From = new ChannelAccount { Id = author.Name(), Name = name, Role = author.Role() },
        Text = text,
        TextFormat = author is Author.Bot ? "markdown" : "plain",
        ReplyToId = replyToId,
        ChannelData = new JsonObject
        {
            ["supportbot"] = new JsonObject { ["author"] = author.Name() },
        },
    };

    /// <summary>Somebody of this side is typing: sent to the streams that are open now, never stored.</summary>
    public static Activity Typing(Author author, string name) =>
        Message(author, name, "") with { Type = ActivityTypes.Typing, Text = null, TextFormat = null };

    /// <summary>A line about the conversation itself, such as who joined.</summary>
    public static Activity SystemLine(string text) => Message(Author.System, "", text);
}
