using System.Text.Json.Nodes;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>
/// What is known of a customer without asking, out of the conversation and the message. The site's server is believed before the page. All of it
/// is untrusted text, capped.
/// </summary>
internal static class Customers
{
    private const int LongestAddress = 500;
    private const int LongestLine = 200;
    private const int LongestFile = 100;
    private const int MostFiles = 10;

    /// <param name="before">What the page said with an earlier message.</param>
    public static CustomerContext Of(Conversation conversation, Activity activity, PageHints? before)
    {
        var page = HintsIn(activity) ?? before;
        return new CustomerContext
        {
            Site = conversation.SiteId,
            Locale = conversation.Locale,
            Name = conversation.CustomerName == Conversation.Nameless ? page?.CustomerName : conversation.CustomerName,
            Facts = conversation.Facts,
            Email = conversation.Facts.GetValueOrDefault("email") ?? conversation.CustomerEmail ?? page?.CustomerEmail,
            Page = page,
            Files = [.. (activity.Attachments ?? []).Where(a => a.ContentUrl is not null).Take(MostFiles).Select(a => UntrustedText.Clean(a.Name ?? "file", LongestFile))],
        };
    }

    /// <summary>As our widget says it in <c>channelData.supportbot</c>: <c>page</c> with <c>url</c> and <c>title</c>, <c>customer</c> with <c>name</c> and <c>email</c>.</summary>
    private static PageHints? HintsIn(Activity activity)
    {
        if (Member(activity.ChannelData, "supportbot") is not { } said || (Member(said, "page"), Member(said, "customer")) is (null, null))
        {
            return null;
        }

        var (page, customer) = (Member(said, "page"), Member(said, "customer"));
        return new PageHints(Text(page, "url", LongestAddress), Text(page, "title", LongestLine), Text(customer, "name", LongestLine), Text(customer, "email", LongestLine));
    }

    private static JsonObject? Member(JsonNode? parent, string name) =>
        parent is JsonObject value && value.TryGetPropertyValue(name, out var member) ? member as JsonObject : null;

    private static string? Text(JsonObject? parent, string name, int longest) =>
        parent is not null && parent.TryGetPropertyValue(name, out var value) && value is JsonValue text && text.TryGetValue(out string? given)
        && UntrustedText.Clean(given, longest) is { Length: > 0 } clean ? clean : null;
}
