using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SupportBot.Knowledge.Checking;

/// <summary>
/// Links to articles and headings that there are not, and addresses elsewhere that cannot be right. Nothing is fetched: whether a page
/// elsewhere still exists is not known.
/// </summary>
public static class LinkCheck
{
    private const string HelpPath = "/help/";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers().Build();

    private sealed record ReadBody(IReadOnlySet<string> Anchors, IReadOnlyList<string> Addresses);

    /// <summary>The broken links of all articles.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Article> articles)
    {
        var bodies = articles.Select(a => (a.Slug, Body: Read(a.Markdown))).ToArray();
        var anchors = bodies.ToLookup(b => b.Slug, b => b.Body.Anchors, StringComparer.Ordinal);
        return from read in bodies
               from address in read.Body.Addresses.Distinct(StringComparer.Ordinal)
               let problem = Problem(address, read.Slug, anchors)
               where problem is not null
               select new Finding(FindingKind.BrokenLink, read.Slug, null, $"the link '{address}' {problem}");
    }

    private static ReadBody Read(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        return new ReadBody(
            document.Descendants<HeadingBlock>().Select(h => h.TryGetAttributes()?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal),
            [.. document.Descendants<LinkInline>().Select(l => l.Url ?? "").Concat(document.Descendants<AutolinkInline>().Select(l => l.IsEmail ? $"mailto:{l.Url}" : l.Url))]);
    }

    private static string? Problem(string address, string own, ILookup<string, IReadOnlySet<string>> anchors)
    {
        var (path, anchor) = address.IndexOf('#') is >= 0 and var at ? (address[..at], address[(at + 1)..]) : (address, "");
        if (path == "" || path.StartsWith(HelpPath, StringComparison.Ordinal))
        {
            var slug = path == "" ? own : path[HelpPath.Length..].Split('?')[0].TrimEnd('/');
            return address == "" ? "has no address"
                : slug != "" && !anchors.Contains(slug) ? "leads to an article that there is not"
                : anchor != "" && !anchors[slug].Any(ids => ids.Contains(anchor)) ? "leads to a heading that there is not"
                : null;
        }

        if (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Problem(uri) : "is neither a path on this site nor a whole address";
    }

    private static string? Problem(Uri uri) => uri.Scheme switch
    {
        "http" or "https" => uri.Host.Contains('.') ? null : "names a host that is not on the internet",
        "mailto" => uri.OriginalString.Contains('@') ? null : "is no e-mail address",
        "tel" => uri.OriginalString.Any(char.IsAsciiDigit) ? null : "is no telephone number",
        _ => "is of a kind that help pages do not show",
    };
}
