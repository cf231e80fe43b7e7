using System.Security.Cryptography;
using System.Text;
using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>What a message means, as people say.</summary>
/// <param name="Text">The customer's words without personal data.</param>
/// <param name="Intent">The intent, by name; null when it is none of the company's.</param>
public sealed record IntentLesson(string Text, string? Intent);

/// <summary>Whether an article answered a question, as people say.</summary>
/// <param name="Question">The customer's words without personal data.</param>
/// <param name="Article">The article, by slug.</param>
/// <param name="Right">Whether it did.</param>
public sealed record AnswerLesson(string Question, string Article, bool Right);

/// <summary>What is learnt beside the company's files: what agents and customers said of messages and answers. Immutable.</summary>
public sealed class Lessons
{
    /// <summary>So many folds keep what is measured apart from what was learnt.</summary>
    internal const int Folds = 3;

    /// <param name="intents">What messages mean.</param>
    /// <param name="answers">What answered them.</param>
    public Lessons(IReadOnlyList<IntentLesson> intents, IReadOnlyList<AnswerLesson> answers)
    {
        (Intents, Answers) = (intents, answers);
        Key = Hash();
    }

    /// <summary>The files alone.</summary>
    public static Lessons None { get; } = new([], []);

    /// <summary>What messages mean.</summary>
    public IReadOnlyList<IntentLesson> Intents { get; }

    /// <summary>What answered them.</summary>
    public IReadOnlyList<AnswerLesson> Answers { get; }

    /// <summary>The same for the same lessons in the same order; empty when there are none.</summary>
    public string Key { get; }

    /// <summary>Those that a company can be taught as its files are now.</summary>
    internal Lessons Fitting(LessonRules rules) => Key.Length == 0
        ? this
        : new Lessons([.. Intents.Where(l => rules.Objection(l) is null)], [.. Answers.Where(l => rules.Objection(l) is null)]);

    /// <summary>Those whose words do not fall into a fold.</summary>
    internal Lessons Without(int fold) => new([.. Intents.Where(l => FoldOf(l.Text) != fold)], [.. Answers.Where(l => FoldOf(l.Question) != fold)]);

    /// <summary>The same words fall into the same fold, whoever says them and whenever.</summary>
    internal static int FoldOf(string text) => (int)(Spread(text) >> 8) % Folds;

    /// <summary>A number that only the words of a text decide, evenly spread over all numbers.</summary>
    public static uint Spread(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(WordsOf(text))));

    /// <summary>A text's words alone: texts that differ only in case and punctuation are one.</summary>
    public static string WordsOf(string text) => string.Join(' ', Tokenizer.Words(text));

    private string Hash()
    {
        if (Intents.Count + Answers.Count == 0)
        {
            return "";
        }

        var all = Intents.Select(l => $"{l.Text}\0{l.Intent}").Append("").Concat(Answers.Select(l => $"{l.Question}\0{l.Article}\0{l.Right}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))).AsSpan(0, 8));
    }
}
