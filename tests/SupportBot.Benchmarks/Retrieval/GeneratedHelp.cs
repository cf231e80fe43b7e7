using System.Text;
using System.Text.Json;

namespace SupportBot.Benchmarks.Retrieval;

/// <summary>
/// Articles and questions out of a seeded vocabulary of 30,000 made-up words whose frequencies fall as in a language (the n-th word is
/// asked for 1/n as often). An article has a title of six words, three questions and four parts of about eighty words; a question takes
/// words of an article's title and text among common ones, and every third one is misspelt.
/// </summary>
public sealed class GeneratedHelp(int seed)
{
    public const int PassagesOfArticle = 4;

    private const int Vocabulary = 30_000;
    private const int TitleWords = 6;
    private const int QuestionWords = 7;
    private const int Questions = 3;
    private const int SentencesOfPart = 8;
    private const int WordsOfSentence = 10;

    private static readonly string[] Syllables =
        [.. from first in "bdfgklmnprstvz" from vowel in "aeiou" from last in new[] { "", "l", "n", "r", "s" } select $"{first}{vowel}{last}"];

    private readonly Random _random = new(seed);

    /// <summary>Writes the articles and the questions as <c>evaluate retrieval</c> reads them.</summary>
    public void Write(string articlesPath, string queriesPath, int articles, int queries)
    {
        var words = Enumerable.Range(0, Vocabulary).Select(Word).ToArray();
        var asked = new List<(string Id, string[] Words)>();
        using (var file = new StreamWriter(articlesPath))
        {
            for (var a = 0; a < articles; a++)
            {
                var title = Pick(words, TitleWords);
                var body = string.Join("\n\n", Enumerable.Range(0, PassagesOfArticle).Select(part => $"## {string.Join(' ', Pick(words, 3))}\n\n{Part(words)}"));
                string[] questions = [.. Enumerable.Range(0, Questions).Select(_ => string.Join(' ', title.Take(2).Concat(Pick(words, QuestionWords - 2))))];
                file.WriteLine(JsonSerializer.Serialize(new { id = $"{a}", title = string.Join(' ', title), body, questions }));
                if (a % Math.Max(1, articles / queries) == 0 && asked.Count < queries)
                {
                    asked.Add(($"{a}", [.. title.Take(3), .. body.Split((char[])[' ', '\n', '.'], StringSplitOptions.RemoveEmptyEntries).Where((_, i) => i % 97 == 11).Take(2)]));
                }
            }
        }

        using var questionsFile = new StreamWriter(queriesPath);
        foreach (var (id, own) in asked)
        {
            var text = string.Join(' ', own.Select((word, i) => i == 2 ? Misspelt(word) : word).Concat(Pick(words, 2)).Append("how can I"));
            questionsFile.WriteLine(JsonSerializer.Serialize(new { text, relevant = new[] { id } }));
        }
    }

    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (var rest = number + 1; rest > 0; rest /= Syllables.Length)
        {
            word.Append(Syllables[rest % Syllables.Length]);
        }

        return word.Append(Syllables[number * 7 % Syllables.Length]).ToString();
    }

    private string Part(string[] words) => string.Join(' ', Enumerable.Range(0, SentencesOfPart).Select(_ => $"A {string.Join(' ', Pick(words, WordsOfSentence))}."));

    private string[] Pick(string[] words, int count) => [.. Enumerable.Range(0, count).Select(_ => words[(int)Math.Pow(words.Length, _random.NextDouble()) - 1])];

    private string Misspelt(string word)
    {
        var at = _random.Next(word.Length);
        return word.Length < 4 ? word : word.Remove(at, 1);
    }
}
