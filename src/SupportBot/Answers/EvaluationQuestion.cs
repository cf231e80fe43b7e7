using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>A question whose right handling is known.</summary>
/// <param name="Text">What a customer would write.</param>
/// <param name="Intent">The intent, by name; null when it is none of the company's.</param>
/// <param name="Articles">The articles that answer it, by slug, best first; empty when none does.</param>
public sealed record EvaluationQuestion(string Text, string? Intent, IReadOnlyList<string> Articles)
{
    internal static IReadOnlyList<EvaluationQuestion> ReadAll(
        CompanyFile file, IReadOnlySet<string> intents, IReadOnlySet<string> slugs, FileProblems problems)
    {
        if (YamlMap.Parse(file.Path, file.Text, 0, problems) is not { } map)
        {
            return [];
        }

        var questions = new List<EvaluationQuestion>();
        foreach (var entry in map.Maps("questions"))
        {
            var text = entry.Required("text");
            var intent = entry.Optional("intent");
            if (intent is { Length: > 0 } && !intents.Contains(intent))
            {
                entry.Problem("intent", $"there is no intent '{intent}'", "use an intent that exists, or null for out of scope");
            }

            var article = entry.Optional("article");
            var also = entry.Texts("also", required: false);
            entry.ReportUnknownKeys();
            string[] articles = article is null ? [] : [article, .. also.Select(a => a.Text)];
            foreach (var slug in articles.Where(slug => slug != "" && !slugs.Contains(slug)))
            {
                entry.Problem("article", $"there is no article '{slug}'", "use the slug of an article that exists, or null when none answers");
            }

            if (article is null && also.Count > 0)
            {
                entry.Problem("also", "there are other articles but no first one", "move the best one to 'article'");
            }

            questions.Add(new EvaluationQuestion(text, intent, articles));
        }

        map.ReportUnknownKeys();
        return questions;
    }
}
