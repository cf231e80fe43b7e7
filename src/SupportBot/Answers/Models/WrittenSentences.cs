using System.Globalization;
using System.Text.RegularExpressions;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>A sentence or list item that a model has finished.</summary>
/// <param name="Text">Plain text without markers.</param>
/// <param name="Cited">The positions that it cites, in order; -1 for a number that is none.</param>
/// <param name="IsItem">Whether it is a line of a list.</param>
/// <param name="BeginsParagraph">Whether a paragraph or list begins with it.</param>
internal sealed record WrittenSentence(string Text, IReadOnlyList<int> Cited, bool IsItem, bool BeginsParagraph)
{
    /// <summary>Whether it announces the list that follows.</summary>
    public bool Announces => !IsItem && Text.EndsWith(':');
}

/// <summary>
/// Cuts a stream of text into sentences as soon as they are certain to be complete: a full stop may turn out to be a decimal point, and
/// a marker may still follow it. A list item is complete at the end of its line.
/// </summary>
internal sealed class WrittenSentences
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const string Marker = @"\[ *[0-9]+( *[,;] *[0-9]+)* *\]";

    private static readonly Regex Markers = new(Marker, Linear);
    private static readonly Regex MarkersBehindStop = new($@"(?<stop>[.!?:][""'”’)]*) *(?<markers>({Marker} *)+)", Linear);
    private static readonly Regex Bullet = new(@"^\s*([-*•–]|[0-9]{1,2}[.)])\s+", Linear);
    private static readonly Regex SpaceBeforeStop = new(@"\s+(?<stop>[.,;:!?])", Linear);

    private string _buffer = "";
    private bool _begins = true;
    private bool _wasItem;

    /// <summary>Takes what came and returns the sentences that it completes.</summary>
    public IEnumerable<WrittenSentence> Add(string chunk)
    {
        _buffer += chunk.Replace("\r", "", StringComparison.Ordinal);
        var found = new List<WrittenSentence>();
        while (_buffer.IndexOf('\n') is >= 0 and var end)
        {
            found.AddRange(Line(_buffer[..end]));
            _buffer = _buffer[(end + 1)..];
        }

        if (!MayBeItem(_buffer))
        {
            var text = MoveMarkers(_buffer);
            var parts = SentenceSplitter.Split(text).ToArray();
            var open = parts.Length > 1 && parts[^1].StartsWith('[') ? 2 : 1;
            if (parts.Length > open)
            {
                found.AddRange(parts.SkipLast(open).SelectMany(part => One(part, isItem: false)));
                _buffer = text[text.LastIndexOf(parts[^open], StringComparison.Ordinal)..];
            }
        }

        return found;
    }

    /// <summary>Returns what is left when the stream has ended.</summary>
    public IEnumerable<WrittenSentence> End()
    {
        var rest = _buffer;
        _buffer = "";
        return [.. Line(rest)];
    }

    private static bool MayBeItem(string line) => line.TrimStart() is var text && (text.Length < 4 || Bullet.IsMatch(text));

    private static string MoveMarkers(string text) => MarkersBehindStop.Replace(text, " ${markers}${stop} ");

    private static string Plain(string text) =>
        SpaceBeforeStop.Replace(Markers.Replace(text, " "), "${stop}").Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);

    private IEnumerable<WrittenSentence> Line(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            _begins = true;
            return [];
        }

        var bullet = Bullet.Match(line);
        return bullet.Success
            ? One(MoveMarkers(line[bullet.Length..]), isItem: true)
            : SentenceSplitter.Split(MoveMarkers(line)).SelectMany(part => One(part, isItem: false)).ToArray();
    }

    private IEnumerable<WrittenSentence> One(string text, bool isItem)
    {
        var plain = string.Join(' ', Plain(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (plain.Length == 0)
        {
            return [];
        }

        var cited = Markers.Matches(text).SelectMany(m => m.Value.Trim('[', ']').Split(',', ';'))
            .Select(number => int.TryParse(number, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : -1);
        var sentence = new WrittenSentence(plain, [.. cited.Distinct()], isItem, _begins || _wasItem != isItem);
        (_begins, _wasItem) = (false, isItem);
        return [sentence];
    }
}
