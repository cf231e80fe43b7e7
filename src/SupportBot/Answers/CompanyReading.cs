using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>Everything that a company's folder says, read and checked.</summary>
/// <param name="Facts">What the company says about itself.</param>
/// <param name="Articles">All articles, also those for agents.</param>
/// <param name="Intents">All intents, by name in order.</param>
/// <param name="Workflows">Each intent's workflow, by intent name.</param>
/// <param name="Evaluation">The questions that answer quality is measured with.</param>
public sealed record CompanyReading(
    CompanyFacts Facts,
    IReadOnlyList<Article> Articles,
    IReadOnlyList<Intent> Intents,
    IReadOnlyDictionary<string, Workflow> Workflows,
    IReadOnlyList<EvaluationQuestion> Evaluation)
{
    /// <summary>The article files as they were read, for a reading that comes after.</summary>
    internal IReadOnlyDictionary<CompanyFile, ReadArticleFile> ArticleFiles { get; private init; } = new Dictionary<CompanyFile, ReadArticleFile>();

    /// <summary>Reads a folder; null when there is any problem, and all of them are then in <paramref name="problems"/>.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="before">An earlier reading: article files that have not changed since are not read again, and their articles stay the same objects.</param>
    /// <param name="missing">What the configuration does not give that a look-up needs; null leaves that unchecked.</param>
    public static CompanyReading? Read(string directory, FileProblems problems, CompanyReading? before = null, MissingSettings? missing = null)
    {
        var folder = CompanyFolder.Read(directory, problems);
        var facts = folder.Facts is null ? null : CompanyFactsReader.Read(folder.Facts, problems);
        var (articles, articleFiles) = ArticleReader.Read(folder.Articles, problems, before?.ArticleFiles, text => Redaction.Apply(text));
        var slugs = articles.Select(article => article.Slug).ToHashSet(StringComparer.Ordinal);
        var read = new List<(YamlMap Map, Intent Intent)>();
        var workflows = new Dictionary<string, Workflow>(StringComparer.Ordinal);
        foreach (var file in folder.Intents)
        {
            if (YamlMap.Parse(file.Path, file.Text, 0, problems) is not { } map)
            {
                continue;
            }

            var intent = IntentReader.Read(map, file.Stem, problems);
            foreach (var (slug, line) in map.Texts("articles", required: false).Where(a => !slugs.Contains(a.Text)))
            {
                problems.Add(file.Path, line, $"there is no article '{slug}'", "use the slug of an article that exists, or write the article");
            }

            if (WorkflowReader.Read(map, intent, facts?.Queues ?? [], missing) is { } workflow)
            {
                workflows.TryAdd(intent.Name, workflow);
            }

            map.ReportUnknownKeys();
            read.Add((map, intent));
        }

        IntentReader.CheckTogether(read, problems);
        var names = read.Select(r => r.Intent.Name).ToHashSet(StringComparer.Ordinal);
        var evaluation = folder.Evaluation.SelectMany(file => EvaluationQuestion.ReadAll(file, names, slugs, problems)).ToArray();
        return facts is null || !problems.None
            ? null
            : new CompanyReading(
                facts, articles, [.. read.Select(r => r.Intent).OrderBy(i => i.Name, StringComparer.Ordinal)], workflows, evaluation)
            {
                ArticleFiles = articleFiles,
            };
    }
}
