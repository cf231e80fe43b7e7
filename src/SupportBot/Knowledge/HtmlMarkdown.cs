using System.Text;
using AngleSharp.Dom;

namespace SupportBot.Knowledge;

/// <summary>
/// HTML content as Markdown, so that a page is cut, shown and checked like every other article: headings, paragraphs, lists, tables and links
/// stay, everything else is its text.
/// </summary>
internal static class HtmlMarkdown
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "P", "DIV", "SECTION", "ARTICLE", "MAIN", "BODY", "BLOCKQUOTE", "FIGURE", "FIGCAPTION", "DL", "DT", "DD", "PRE", "ADDRESS", "DETAILS", "SUMMARY",
    };

    public static string Convert(IElement content)
    {
        var markdown = new StringBuilder();
        AddChildren(content, markdown);
        return string.Join("\n\n", markdown.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) + "\n";
    }

    private static void AddChildren(INode node, StringBuilder markdown)
    {
        foreach (var child in node.ChildNodes)
        {
            Add(child, markdown);
        }
    }

    private static void Add(INode node, StringBuilder markdown)
    {
        if (node is IText text)
        {
            markdown.Append(Escape(text.Data));
        }
        else if (node is IElement element)
        {
            switch (element.TagName)
            {
                case ['H', >= '1' and <= '6' and var level]:
                    markdown.Append("\n\n").Append('#', Math.Max(2, level - '0')).Append(' ').Append(Inline(element)).Append("\n\n");
                    break;
                case "UL" or "OL":
                    AddList(element, markdown);
                    break;
                case "TABLE":
                    AddTable(element, markdown);
                    break;
                case "BR":
                    markdown.Append(' ');
                    break;
                case "A" when element.GetAttribute("href") is { Length: > 0 } address:
                    markdown.Append('[').Append(Inline(element)).Append("](<").Append(address.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)).Append(">)");
                    break;
                case var name when Blocks.Contains(name):
                    markdown.Append("\n\n");
                    AddChildren(element, markdown);
                    markdown.Append("\n\n");
                    break;
                default:
                    AddChildren(element, markdown);
                    break;
            }
        }
    }

    private static void AddList(IElement list, StringBuilder markdown)
    {
        markdown.Append("\n\n");
        foreach (var item in list.Children)
        {
            markdown.Append("- ").Append(Inline(item)).Append('\n');
        }

        markdown.Append("\n\n");
    }

    private static void AddTable(IElement table, StringBuilder markdown)
    {
        var rows = table.QuerySelectorAll("tr").Select(row => row.Children.Select(cell => Inline(cell).Replace("|", "\\|", StringComparison.Ordinal)).ToArray()).Where(row => row.Length > 0).ToArray();
        markdown.Append("\n\n");
        for (var r = 0; r < rows.Length; r++)
        {
            markdown.Append("| ").AppendJoin(" | ", rows[r]).Append(" |\n");
            if (r == 0)
            {
                markdown.Append('|').Insert(markdown.Length, "---|", rows[0].Length).Append('\n');
            }
        }

        markdown.Append("\n\n");
    }

    /// <summary>An element's text and links on one line.</summary>
    private static string Inline(IElement element)
    {
        var text = new StringBuilder();
        AddChildren(element, text);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                gap = true;
                continue;
            }

            escaped.Append(gap ? " " : "");
            gap = false;
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '~' or '|' or '&')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.Append(gap ? " " : "").ToString();
    }
}
