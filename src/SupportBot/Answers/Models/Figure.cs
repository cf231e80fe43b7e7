namespace SupportBot.Answers.Models;

/// <summary>Which side of a value is meant.</summary>
internal enum Bound
{
    /// <summary>The value itself.</summary>
    Exactly,

    /// <summary>"More than", "at least", "from", "after".</summary>
    Least,

    /// <summary>"Less than", "at most", "before".</summary>
    Most,

    /// <summary>"Within", "up to", "until": often said of a plain value, too.</summary>
    Within,
}

/// <summary>A value or a range that a text states.</summary>
/// <param name="Low">The value, or where the range begins.</param>
/// <param name="High">The value, or where the range ends.</param>
/// <param name="Unit">What it counts: a canonical unit, a month for the days of a date, or an empty text.</param>
/// <param name="Bound">Which side is meant.</param>
internal readonly record struct Figure(decimal Low, decimal High, string Unit, Bound Bound)
{
    /// <summary>Whether this may be said where the other one is written.</summary>
    public bool FollowsFrom(Figure written)
    {
        if (Unit != written.Unit)
        {
            return false;
        }

        if (written.Low != written.High && Low == High)
        {
            return Bound switch
            {
                Bound.Within or Bound.Most => Low == written.High,
                Bound.Least => Low == written.Low,
                _ => false,
            };
        }

        return Low == written.Low && High == written.High && (Bound, written.Bound) switch
        {
            (Bound.Exactly, _) => true,
            (Bound.Within, Bound.Exactly) => true,
            (Bound.Within or Bound.Most, Bound.Within or Bound.Most) => true,
            var (said, meant) => said == meant,
        };
    }
}
