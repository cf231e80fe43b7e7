using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>A source that a message refers to.</summary>
/// <param name="Position">The number in the text's marker: <c>[1]</c>.</param>
/// <param name="Title">The source's title.</param>
/// <param name="Url">The source's absolute address.</param>
/// <param name="Abstract">A few words of the source, shown on request.</param>
public sealed record Citation(int Position, string Title, string Url, string? Abstract = null);

/// <summary>
/// Citations as Web Chat shows them. It needs both: a schema.org <c>Message</c> entity, and in the text a marker
/// <c>[1]</c> with a link definition <c>[1]: url "title"</c>.
/// </summary>
public static class Citations
{
    /// <summary>The type of the entity.</summary>
    public const string EntityType = "https://schema.org/Message";

    /// <summary>
    /// A copy whose text ends with the link definitions and that carries the entity, which also labels the message as
    /// written by a machine.
    /// </summary>
    /// <param name="message">The message; its text already holds the markers.</param>
    /// <param name="sources">The sources, by position.</param>
    /// <param name="feedbackId">When given, thumbs are offered, and come back with this id (see <see cref="Feedback"/>).</param>
    public static Activity Cite(this Activity message, IReadOnlyList<Citation> sources, string? feedbackId = null) => message with
    {
        Text = sources.Count == 0 ? message.Text : $"{message.Text}\n\n{Definitions(sources)}",
        Entities = [.. message.Entities ?? [], ToEntity(sources, feedbackId)],
    };

    /// <summary>The link definitions, one a line.</summary>
    public static string Definitions(IReadOnlyList<Citation> sources)
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"[{source.Position}]: ");
            AppendUrl(text, source.Url);
            text.Append(" \"");
            AppendTitle(text, source.Title);
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>The schema.org entity.</summary>
    public static Entity ToEntity(IReadOnlyList<Citation> sources, string? feedbackId = null)
    {
        var claims = new JsonArray();
        foreach (var source in sources)
        {
            var document = new JsonObject
            {
                ["@type"] = "DigitalDocument",
                ["name"] = source.Title,
                ["url"] = source.Url,
            };
            if (source.Abstract is not null)
            {
                document["abstract"] = source.Abstract;
            }

            claims.Add((JsonNode)new JsonObject
            {
                ["@type"] = "Claim",
                ["position"] = source.Position,
                ["appearance"] = document,
            });
        }

        var message = new JsonObject
        {
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            ["@id"] = "",
            ["additionalType"] = new JsonArray("AIGeneratedContent"),
            ["keywords"] = new JsonArray("AIGeneratedContent"),
            ["citation"] = claims,
        };
        if (feedbackId is not null)
        {
            message["potentialAction"] = Feedback.Actions(feedbackId);
        }

        return Entity.Create(EntityType, message);
    }

    // A definition ends at the first space, and quotes would open a title.
    private static void AppendUrl(StringBuilder text, string url)
    {
        foreach (var character in url)
        {
            if (character is <= ' ' or '"' or '<' or '>' or '\\' or '\u007f')
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            }
            else
            {
                text.Append(character);
            }
        }
    }

    private static void AppendTitle(StringBuilder text, string title)
    {
        foreach (var character in title)
        {
            if (character is '"' or '\\')
            {
                text.Append('\\');
            }

            text.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }
    }
}
