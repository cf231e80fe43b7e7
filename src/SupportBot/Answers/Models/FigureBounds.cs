namespace SupportBot.Answers.Models;

/// <summary>Reads from the words around a figure which side of its value is meant.</summary>
internal static class FigureBounds
{
    private static readonly HashSet<string> Greater =
        ["more", "longer", "greater", "higher", "larger", "bigger", "older", "heavier", "later", "over", "above", "up", "wider", "taller", "further"];

    private static readonly HashSet<string> Smaller =
        ["less", "fewer", "shorter", "lower", "smaller", "younger", "lighter", "earlier", "sooner", "under", "below", "cheaper", "narrower"];

    private static readonly HashSet<string> Denials = ["no", "not", "never", "cannot", "nor"];

    /// <summary>The bound of the figure whose tokens run from <paramref name="start"/> to <paramref name="end"/>, exclusive.</summary>
    public static Bound At(IReadOnlyList<string> tokens, int start, int end, string unit)
    {
        string Token(int i) => i >= 0 && i < tokens.Count ? tokens[i] : "";

        if (Token(end) is "or" or "and" && Side(Token(end + 1)) is { } side)
        {
            return side;
        }

        if (Token(end) is "minimum" or "maximum" or "max")
        {
            return Token(end) == "minimum" ? Bound.Least : Bound.Most;
        }

        var at = Token(start - 1) is "of" or "the" ? start - 2 : start - 1;
        return Token(at) switch
        {
            "than" => Turned(Side(Token(at - 1)) ?? Bound.Exactly, Denials.Contains(Token(at - 2))),
            "over" or "above" or "beyond" or "exceeding" or "exceeds" or "exceed" => Turned(Bound.Least, Denials.Contains(Token(at - 1))),
            "minimum" or "least" or "after" => Bound.Least,
            "under" or "below" or "maximum" or "max" or "most" or "before" => Bound.Most,
            "within" or "until" or "till" or "by" => Bound.Within,
            "to" when Token(at - 1) == "up" => Bound.Within,
            "from" when !FigureUnits.IsMonth(unit) && unit != FigureUnits.ClockTime => Bound.Least,
            _ => Bound.Exactly,
        };
    }

    private static Bound? Side(string word) => Greater.Contains(word) ? Bound.Least : Smaller.Contains(word) ? Bound.Most : null;

    private static Bound Turned(Bound bound, bool denied) => (bound, denied) switch
    {
        (Bound.Least, true) => Bound.Most,
        (Bound.Most, true) => Bound.Least,
        _ => bound,
    };
}
