using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Inquiries;

/// <summary>Reads an intent's own part of its file: name, title, articles and examples.</summary>
public static partial class IntentReader
{
    /// <summary>Fewer examples than this are an error.</summary>
    public const int FewestExamples = 5;

    /// <summary>Reads one file; mistakes go to <paramref name="problems"/>.</summary>
    public static Intent Read(YamlMap map, string fileStem, FileProblems problems)
    {
        var name = map.Required("name");
        if (name != "" && !LowerSnake().IsMatch(name))
        {
            map.Problem("name", $"'{name}' is not an intent's name", "use lower case letters, digits and _");
        }
        else if (name != "" && name != fileStem)
        {
            map.Problem("name", $"the name '{name}' differs from the file's name '{fileStem}'", "give both the same name");
        }

        var title = map.Required("title");
        var articles = map.Texts("articles");
        foreach (var (slug, line) in Repeated(articles))
        {
            problems.Add(map.File, line, $"the article '{slug}' is listed twice", "remove one of them");
        }

        var examples = map.Texts("examples");
        if (examples.Count < FewestExamples)
        {
            map.Problem("examples", $"there are {examples.Count} examples", $"write at least {FewestExamples}, better 20, in customers' own words");
        }

        return new Intent(name, title, [.. articles.Select(a => a.Text)], [.. examples.Select(e => e.Text)]);
    }

    /// <summary>What can only be seen over all intents: names and examples that occur twice.</summary>
    /// <param name="read">Each intent with the file it comes from.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static void CheckTogether(IEnumerable<(YamlMap Map, Intent Intent)> read, FileProblems problems)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var examples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (map, intent) in read)
        {
            if (intent.Name != "" && !names.TryAdd(intent.Name, map.File))
            {
                map.Problem("name", $"the intent '{intent.Name}' is also in {names[intent.Name]}", "give each intent a file and a name of its own");
            }

            foreach (var (text, line) in map.Texts("examples", required: false))
            {
                var key = string.Join(' ', Tokenizer.Words(text));
                if (!examples.TryAdd(key, map.File))
                {
                    problems.Add(map.File, line, $"the example '{text}' is also in {examples[key]}", "keep it where it belongs");
                }
            }
        }
    }

    private static IEnumerable<(string Text, int Line)> Repeated(IEnumerable<(string Text, int Line)> texts) =>
        texts.GroupBy(t => t.Text).SelectMany(group => group.Skip(1));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();
}
