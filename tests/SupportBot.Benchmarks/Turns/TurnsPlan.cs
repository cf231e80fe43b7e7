namespace SupportBot.Benchmarks.Turns;

/// <summary>What is run.</summary>
/// <param name="Length">How long a round lasts.</param>
/// <param name="Rounds">How many pairs of rounds are measured; one more pair before them warms both up.</param>
/// <param name="Conversations">How many conversations go on at once, each with one turn at a time.</param>
public sealed record TurnsPlan(TimeSpan Length, int Rounds, int Conversations)
{
    private static readonly TimeSpan ForStarting = TimeSpan.FromMinutes(6);

    /// <summary>When the whole is given up: what starting may take, and every round twice over.</summary>
    public TimeSpan Limit => ForStarting + (4 * (Rounds + 1) * (Length + Round.ReplyLimit));
}
