using System.Text.Json.Nodes;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>What is known of a customer without asking, out of the conversation and the message. Untrusted text, capped.</summary>
internal static class Customers
{
    private const int LongestAddress = 500;
    private const int LongestTitle = 200;
    private const int LongestFile = 100;
    private const int MostFiles = 10;

    public static CustomerContext Of(Conversation conversation, Activity activity)
    {
        var page = PageOf(activity);
        return new CustomerContext
        {
            Site = conversation.SiteId,
            Locale = conversation.Locale,
            Name = conversation.CustomerName == Conversation.Nameless ? null : conversation.CustomerName,
            Facts = conversation.Facts,
            Email = conversation.Facts.GetValueOrDefault("email") ?? conversation.CustomerEmail,
            PageUrl = Text(page, "url", LongestAddress),
            PageTitle = Text(page, "title", LongestTitle),
            Files = [.. (activity.Attachments ?? []).Where(a => a.ContentUrl is not null).Take(MostFiles).Select(a => UntrustedText.Clean(a.Name ?? "file", LongestFile))],
        };
    }

    /// <summary>As our widget says it: <c>channelData.page</c> with <c>url</c> and <c>title</c>.</summary>
    private static JsonObject? PageOf(Activity activity) => activity.ChannelData is JsonObject data && data.TryGetPropertyValue("page", out var page) ? page as JsonObject : null;

    private static string? Text(JsonObject? page, string name, int longest) =>
        page is not null && page.TryGetPropertyValue(name, out var value) && value is JsonValue text && text.TryGetValue(out string? given)
        && UntrustedText.Clean(given, longest) is { Length: > 0 } clean ? clean : null;
}
