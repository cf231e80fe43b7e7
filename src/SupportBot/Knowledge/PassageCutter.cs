using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SupportBot.Knowledge;

/// <summary>A link from one article to another.</summary>
internal sealed record ArticleLink(string Slug, int Line);

/// <summary>An article's body in passages, with the links it holds.</summary>
internal sealed record CutArticle(IReadOnlyList<Passage> Passages, IReadOnlyList<ArticleLink> Links);

/// <summary>
/// Cuts an article's body into passages. A heading always starts a passage; under a heading, paragraphs are filled up to about 120
/// words. A list stays with the sentence that announces it, and a list item is never cut.
/// </summary>
internal static class PassageCutter
{
    private const int EnoughWords = 60;
    private const int MostWords = 120;
    private const string HelpPath = "/help/";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    /// <summary>Cuts a body.</summary>
    public static CutArticle Cut(string slug, string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var links = document.Descendants<LinkInline>()
            .Where(link => link.Url?.StartsWith(HelpPath, StringComparison.Ordinal) == true)
            .Select(link => new ArticleLink(link.Url![HelpPath.Length..].Split('#', '?')[0].TrimEnd('/'), link.Line + 1))
            .ToArray();
        var passages = new List<Passage>();
        var headings = new List<(int Level, string Text)>();
        var pending = new List<Sentence>();
        var block = 0;

        void Close()
        {
            if (pending.Count > 0)
            {
                passages.Add(new Passage(slug, passages.Count, [.. headings.Select(h => h.Text)], [.. pending]));
                pending.Clear();
            }
        }

        foreach (var part in document)
        {
            if (part is HeadingBlock heading)
            {
                Close();
                headings.RemoveAll(h => h.Level >= heading.Level);
                headings.Add((heading.Level, Plain(heading.Inline)));
                continue;
            }

            var sentences = Sentences(part, block++).ToArray();
            var announced = pending.Count > 0 && pending[^1].Announces;
            if (!announced && CountWords(pending) >= EnoughWords && CountWords(pending) + CountWords(sentences) > MostWords)
            {
                Close();
            }

            pending.AddRange(sentences);
        }

        Close();
        return new CutArticle(passages, links);
    }

    private static int CountWords(IEnumerable<Sentence> sentences) => sentences.Sum(s => s.Text.Count(c => c == ' ') + 1);

    private static IEnumerable<Sentence> Sentences(Block part, int block) => part switch
    {
        ParagraphBlock paragraph => SentenceSplitter.Split(Plain(paragraph.Inline)).Select(text => new Sentence(text, SentenceKind.Prose, block)),
        ListBlock list => list.OfType<ListItemBlock>().Select(item => WholeText(item)).Where(text => text != "")
            .Select(text => new Sentence(text, SentenceKind.Item, block)),
        Table table => Rows(table).Select(text => new Sentence(text, SentenceKind.Item, block)),
        ContainerBlock container => container.SelectMany(inner => Sentences(inner, block)),
        _ => [],
    };

    private static string WholeText(ContainerBlock container) =>
        string.Join(' ', container.Descendants<LeafBlock>().Select(leaf => Plain(leaf.Inline)).Where(text => text != ""));

    // A row alone says little, so each cell carries its column's name: "Country: Norway; Price: EUR 14.95".
    private static IEnumerable<string> Rows(Table table)
    {
        var names = table.OfType<TableRow>().Where(row => row.IsHeader).SelectMany(row => row.OfType<TableCell>()).Select(WholeText).ToArray();
        foreach (var row in table.OfType<TableRow>().Where(row => !row.IsHeader))
        {
            var cells = row.OfType<TableCell>().Select(WholeText).ToArray();
            yield return string.Join("; ", cells.Select((cell, i) => i < names.Length && names[i] != "" ? $"{names[i]}: {cell}" : cell));
        }
    }

    private static string Plain(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline?.Descendants() ?? [])
        {
            switch (part)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline auto:
                    text.Append(auto.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
            }
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
