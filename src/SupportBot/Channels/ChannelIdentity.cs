using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SupportBot.BotFramework.Activities;

namespace SupportBot.Channels;

/// <summary>A channel's names in our terms. Pure.</summary>
public static class ChannelIdentity
{
    private const int LongestClientId = 200;

    /// <summary>Our id of a channel's conversation: the same for every activity of it, and with the characters that our ids have.</summary>
    public static string ConversationId(Activity activity) => $"ch-{Digest($"{activity.ChannelId}\n{activity.Conversation!.Id}")}";

    /// <summary>The channel's activity id as the client's id, by which an activity that is sent twice is stored once.</summary>
    public static string? ClientId(string? activityId) => activityId switch
    {
        null or "" => null,
        { Length: <= LongestClientId } => activityId,
        _ => Digest(activityId),
    };

    /// <summary>Not a name that a site of ours can have, so no site's secret opens a channel's conversations.</summary>
    public static string SiteId(string channelId) => $"channel:{channelId}";

    /// <summary>The text without the mention by which a person in a group talks to the bot.</summary>
    public static string? WithoutMention(Activity activity)
    {
        var text = activity.Text;
        foreach (var entity in activity.Entities ?? [])
        {
            if (entity is { Type: "mention", Properties: { } mention }
                && mention.TryGetValue("mentioned", out var who) && who.ValueKind == System.Text.Json.JsonValueKind.Object
                && who.TryGetProperty("id", out var id) && id.ValueKind == System.Text.Json.JsonValueKind.String && id.GetString() == activity.Recipient?.Id
                && mention.TryGetValue("text", out var words) && words.ValueKind == System.Text.Json.JsonValueKind.String && words.GetString() is { Length: > 0 } at)
            {
                text = text?.Replace(at, "", StringComparison.Ordinal);
            }
        }

        return text?.Trim();
    }

    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 24));
}
