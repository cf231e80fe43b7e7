using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Plain text to and from the HTML of systems that keep nothing else. What <see cref="FromText"/> makes, <see cref="ToText"/> reads back
/// letter by letter, so that an agent's screen and a customer's show the same.
/// </summary>
internal static class VendorMarkup
{
    /// <summary>What mail programs put around the history that they quote.</summary>
    private const string Unwanted = "script, style, head, .gmail_quote, .yahoo_quoted, .freshdesk_quote, blockquote[type=cite], #divRplyFwdMsg";

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "div", "dl", "dd", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol",
        "p", "pre", "section", "table", "tr", "ul",
    };

    /// <summary>Escapes a text; its line ends and its runs of blanks stay visible.</summary>
    public static string FromText(string text) => WebUtility.HtmlEncode(text.ReplaceLineEndings("\n"))
        .Replace("  ", " &nbsp;", StringComparison.Ordinal)
        .Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>The text that somebody would read, with addresses behind the words that link to them, without scripts and quoted history.</summary>
    public static string ToText(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body;
        if (body is null)
        {
            return "";
        }

        foreach (var element in body.QuerySelectorAll(Unwanted).ToList())
        {
            element.Remove();
        }

        var text = new StringBuilder();
        Write(body, text, preformatted: false);
        return text.ToString().Trim('\n').TrimEnd();
    }

    private static void Write(INode node, StringBuilder text, bool preformatted)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    WriteWords(words.Data, text, preformatted);
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                case IElement element:
                    WriteElement(element, text, preformatted);
                    break;
            }
        }
    }

    private static void WriteElement(IElement element, StringBuilder text, bool preformatted)
    {
        var apart = element.LocalName == "p" ? 2 : Blocks.Contains(element.LocalName) ? 1 : 0;
        End(text, apart);
        if (element.LocalName == "li")
        {
            text.Append("- ");
        }

        var start = text.Length;
        Write(element, text, preformatted || element.LocalName == "pre");
        if (element.LocalName == "a" && element.GetAttribute("href") is { } address && address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && text.ToString(start, text.Length - start).Trim() != address)
        {
            text.Append($" ({address})");
        }

        End(text, apart);
    }

    private static void WriteWords(string words, StringBuilder text, bool preformatted)
    {
        var plain = words.Replace('\u00a0', ' ');
        if (preformatted)
        {
            text.Append(plain);
            return;
        }

        // A line end in the source is a blank, and none at all between two blocks.
        var lines = plain.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = i == 0 ? lines[i] : lines[i].TrimStart(' ', '\t', '\r');
            line = i == lines.Length - 1 ? line : line.TrimEnd(' ', '\t', '\r');
            if (i > 0 && text.Length > 0 && text[^1] is not ('\n' or ' '))
            {
                text.Append(' ');
            }

            text.Append(line);
        }
    }

    /// <summary>Ends the line, and leaves one free when told to, unless that is so or nothing is written yet.</summary>
    private static void End(StringBuilder text, int lines)
    {
        if (lines > 0 && text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        var ended = 0;
        while (ended < text.Length && text[text.Length - 1 - ended] == '\n')
        {
            ended++;
        }

        if (text.Length > ended)
        {
            text.Append('\n', Math.Max(0, lines - ended));
        }
    }
}
