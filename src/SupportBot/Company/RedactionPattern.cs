using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SupportBot.Company;

/// <summary>
/// A company's own kind of personal data, such as its order numbers or a country's national numbers: what it is called and how it looks.
/// </summary>
public sealed partial class RedactionPattern
{
    /// <summary>How long a pattern may search a text that makes it slow.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(50);

    private readonly Regex _regex;

    private RedactionPattern(string name, Regex regex)
    {
        (Name, _regex) = (name, regex);
    }

    /// <summary>Its name, which is also its mark: <c>[order_number]</c>.</summary>
    public string Name { get; }

    /// <summary>Makes a pattern; on failure says what is wrong with it.</summary>
    /// <param name="name">Lower case letters, digits and _.</param>
    /// <param name="pattern">A .NET regular expression; letters match in either case.</param>
    /// <param name="made">The pattern.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryMake(string name, string pattern, [NotNullWhen(true)] out RedactionPattern? made, [NotNullWhen(false)] out string? problem)
    {
        (made, problem) = (null, null);
        if (!LowerSnake().IsMatch(name))
        {
            problem = $"'{name}' is not a name of lower case letters, digits and _";
            return false;
        }

        try
        {
            var regex = Compile(pattern);
            if (regex.IsMatch(""))
            {
                problem = $"'{pattern}' matches an empty text";
                return false;
            }

            made = new RedactionPattern(name, regex);
            return true;
        }
        catch (ArgumentException error)
        {
            problem = $"'{pattern}' is not a regular expression ({error.Message.Split('\n')[0]})";
            return false;
        }
    }

    /// <summary>Where a text matches, in order; null when the pattern took too long to tell.</summary>
    public IReadOnlyList<Range>? Find(string text)
    {
        try
        {
            return [.. _regex.Matches(text).Where(m => m.Length > 0).Select(m => new Range(m.Index, m.Index + m.Length))];
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // Without backtracking no text makes a pattern slow; what needs backtracking (looking ahead or behind) gets a time limit.
    private static Regex Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, MatchTimeout);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();
}
