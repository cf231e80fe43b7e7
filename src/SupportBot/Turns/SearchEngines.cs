using SupportBot.Answers;
using SupportBot.Knowledge;

namespace SupportBot.Turns;

/// <summary>
/// Looks up what a message may be answered from before it is decided on: deciding is pure and waits for nobody. The embedded engine is always
/// asked, and one beside it when there is one, so that what both find is ranked together and how sure an answer may be stays what was learnt.
/// </summary>
/// <param name="beside">The engines beside the embedded one; the last that is registered counts.</param>
public sealed class SearchEngines(IEnumerable<IPassageSearch> beside)
{
    private readonly IPassageSearch? _beside = beside.LastOrDefault();

    /// <summary>What the engines find for a message; null when there is only the embedded one, which is asked while deciding.</summary>
    /// <param name="understanding">The snapshot that decides.</param>
    /// <param name="text">What the customer wrote; only redacted texts go to an engine.</param>
    /// <param name="state">The state of the conversation.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<FoundPassages?> FindAsync(Understanding understanding, string text, DialogueState state, CancellationToken ct)
    {
        if (_beside is not { } engine)
        {
            return null;
        }

        var texts = understanding.LookedUp(text, state);
        var found = await Task.WhenAll(texts.Select(t => FindAsync(engine, understanding, t, ct)));
        return new FoundPassages(texts.Zip(found).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<FoundPassage>> FindAsync(IPassageSearch engine, Understanding understanding, string text, CancellationToken ct)
    {
        var query = new PassageQuery(text, understanding.PassagesWanted, understanding.ContentHash);
        var asking = engine.FindAsync(query, ct);
        var embedded = await understanding.Passages.FindAsync(query, ct) ?? [];
        return await asking is { } found ? FoundPassages.Merged(embedded, found) : embedded;
    }
}
