using System.Text.RegularExpressions;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;

namespace SupportBot.Channels;

/// <summary>What the log holds, as it is said on a channel. Pure.</summary>
public static partial class ChannelWording
{
    /// <summary>Channels whose clients are Web Chat, which reads link definitions and knows names.</summary>
    private static readonly HashSet<string> WebChat = new(StringComparer.OrdinalIgnoreCase) { "webchat", "directline", "emulator" };

    /// <param name="said">The activity in the log.</param>
    /// <param name="author">Who said it.</param>
    /// <param name="reference">The address: see <see cref="ChannelAddress.Reference"/>.</param>
    public static Activity For(Activity said, Author author, Activity reference)
    {
        var web = WebChat.Contains(reference.ChannelId ?? "");
        return said with
        {
            Id = null,
            Timestamp = null,
            ChannelId = reference.ChannelId,
            Conversation = reference.Conversation,
            From = web && author == Author.Agent ? reference.From! with { Name = said.From?.Name } : reference.From,
            Recipient = reference.Recipient,
            ChannelData = null,
            Text = web ? said.Text : Named(Links(said.Text), author, said.From?.Name),
        };
    }

    /// <summary>The bot's account speaks for agents too, so their words begin with their name.</summary>
    private static string? Named(string? text, Author author, string? name) => author == Author.Agent && text is not null ? $"{name}: {text}" : text;

    /// <summary>Link definitions, which only Web Chat reads, as links.</summary>
    private static string? Links(string? text) => text is null ? null : Definition().Replace(text, "[$1] [$3]($2)");

    [GeneratedRegex("""^\[(\d{1,3})\]: (\S+) "(.*)"\s*?$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Definition();
}
