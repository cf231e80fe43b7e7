using System.Text.Json;
using System.Text.RegularExpressions;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;

namespace SupportBot.Handoff;

/// <summary>An answer of the bot that an agent has to approve. Its text has markers such as <c>[1]</c> for its sources.</summary>
public sealed partial record HandoffDraft(string Text, IReadOnlyList<Citation> Sources)
{
    public static HandoffDraft? Of(HandoffRecord? handoff) => handoff?.Draft is { } json ? JsonSerializer.Deserialize<HandoffDraft>(json) : null;

    /// <summary>The message that the customer gets: what the agent made of it, with the sources that it still names.</summary>
    public Activity ToMessage(string agent, string text)
    {
        var named = Marker().Matches(text).Select(m => m.Groups["position"].Value).ToHashSet(StringComparer.Ordinal);
        var sources = Sources.Where(s => named.Contains(s.Position.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var message = BotMessages.Message(Author.Agent, agent, text) with { TextFormat = "markdown" };
        return sources.Count == 0 ? message : message.Cite(sources);
    }

    [GeneratedRegex(@"\[(?<position>\d{1,3})\]")]
    private static partial Regex Marker();
}
