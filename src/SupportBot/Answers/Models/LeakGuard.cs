using SupportBot.Company;

namespace SupportBot.Answers.Models;

/// <summary>Tells whether a text gives away what the model was told: the canary, the fence, or a run of words of the rules.</summary>
internal sealed class LeakGuard
{
    private const int RunLength = 6;

    private readonly ModelPrompt _prompt;
    private readonly HashSet<string> _runs;

    public LeakGuard(ModelPrompt prompt)
    {
        _prompt = prompt;
        _runs = [.. Runs(prompt.Rules).Except(Runs(prompt.Data))];
    }

    /// <summary>Whether the text gives something away.</summary>
    public bool Leaks(string text) => HasSecret(text) || Runs(text).Any(_runs.Contains);

    // A secret with spaces or dashes between its letters is given away all the same.
    private bool HasSecret(string text)
    {
        var letters = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        return letters.Contains(_prompt.Canary, StringComparison.OrdinalIgnoreCase) || letters.Contains(_prompt.Fence, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Runs(string text)
    {
        var words = Tokenizer.Words(text);
        return Enumerable.Range(0, Math.Max(0, words.Count - RunLength + 1)).Select(i => string.Join(' ', words.Skip(i).Take(RunLength)));
    }
}
