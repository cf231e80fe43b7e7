using System.ComponentModel.DataAnnotations;

namespace SupportBot.Answers.Models;

/// <summary>What a model may be used, in calls and in tokens of prompt and answer together. A day is a day of UTC.</summary>
public sealed record BudgetLimits
{
    /// <summary>Calls in one conversation.</summary>
    [Range(0, int.MaxValue)]
    public int CallsPerConversation { get; init; } = 30;

    /// <summary>Tokens in one conversation.</summary>
    [Range(0L, long.MaxValue)]
    public long TokensPerConversation { get; init; } = 100_000;

    /// <summary>Calls of one site in a day.</summary>
    [Range(0, int.MaxValue)]
    public int CallsPerSiteAndDay { get; init; } = 5_000;

    /// <summary>Tokens of one site in a day.</summary>
    [Range(0L, long.MaxValue)]
    public long TokensPerSiteAndDay { get; init; } = 10_000_000;

    /// <summary>Calls of all sites in a day.</summary>
    [Range(0, int.MaxValue)]
    public int CallsPerDay { get; init; } = 10_000;

    /// <summary>Tokens of all sites in a day.</summary>
    [Range(0L, long.MaxValue)]
    public long TokensPerDay { get; init; } = 20_000_000;
}

/// <summary>
/// Counts what a model is used. The most that a call can take is set aside before it and corrected after it, so that calls at the same
/// time cannot overdraw together. Thread-safe; counts in this process, from its start.
/// </summary>
internal sealed class ModelBudget(BudgetLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateOnly Last, Spending Spent)> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Spending> _sites = new(StringComparer.Ordinal);
    private Spending _all;
    private DateOnly _day;

    /// <summary>Sets tokens aside for one call.</summary>
    /// <returns>The budget that does not allow it; null when all do.</returns>
    public ModelRefusal? Reserve(string site, string conversation, DateOnly day, long tokens)
    {
        lock (_lock)
        {
            BeginDay(day);
            var inConversation = _conversations.GetValueOrDefault(conversation).Spent.Plus(1, tokens);
            var onSite = _sites.GetValueOrDefault(site).Plus(1, tokens);
            var inAll = _all.Plus(1, tokens);
            ModelRefusal? refusal =
                inConversation.IsOver(limits.CallsPerConversation, limits.TokensPerConversation) ? ModelRefusal.ConversationBudget
                : onSite.IsOver(limits.CallsPerSiteAndDay, limits.TokensPerSiteAndDay) ? ModelRefusal.SiteBudget
                : inAll.IsOver(limits.CallsPerDay, limits.TokensPerDay) ? ModelRefusal.DayBudget
                : null;
            if (refusal is null)
            {
                _conversations[conversation] = (day, inConversation);
                _sites[site] = onSite;
                _all = inAll;
            }

            return refusal;
        }
    }

    /// <summary>Corrects what was set aside to what was used.</summary>
    public void Settle(string site, string conversation, DateOnly day, long reserved, long used)
    {
        lock (_lock)
        {
            if (_conversations.TryGetValue(conversation, out var entry))
            {
                _conversations[conversation] = entry with { Spent = entry.Spent.Plus(0, used - reserved) };
            }

            if (day == _day)
            {
                _sites[site] = _sites.GetValueOrDefault(site).Plus(0, used - reserved);
                _all = _all.Plus(0, used - reserved);
            }
        }
    }

    // Conversations that were silent for a whole day are forgotten, so that their number stays bounded.
    private void BeginDay(DateOnly day)
    {
        if (day <= _day)
        {
            return;
        }

        _day = day;
        _all = default;
        _sites.Clear();
        foreach (var (conversation, _) in _conversations.Where(entry => entry.Value.Last < day.AddDays(-1)).ToArray())
        {
            _conversations.Remove(conversation);
        }
    }

    private readonly record struct Spending(int Calls, long Tokens)
    {
        public Spending Plus(int calls, long tokens) => new(Calls + calls, Tokens + tokens);

        public bool IsOver(int mostCalls, long mostTokens) => Calls > mostCalls || Tokens > mostTokens;
    }
}
