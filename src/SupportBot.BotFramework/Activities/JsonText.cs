using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// What the serialiser leaves unchecked in fields that it keeps unread. A lone surrogate (<c>"\ud800"</c>) is legal JSON
/// grammar but no text: it would throw whenever somebody reads the field later, so it is refused up front.
/// </summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith(Mark) ? utf8[Mark.Length..] : utf8;

    public static ActivityFault? FindFault(ReadOnlySpan<byte> utf8)
    {
        utf8 = WithoutMark(utf8);
        if (!Utf8.IsValid(utf8))
        {
            return new ActivityFault("$", "The text is not valid UTF-8.");
        }

        var lone = FindLoneSurrogate(utf8);
        return lone < 0 ? null : new ActivityFault(PathAt(utf8, lone), "The text holds half of a surrogate pair.");
    }

    /// <summary>Says what is wrong without the names of types, which are nobody's business.</summary>
    public static ActivityFault Describe(JsonException exception)
    {
        var path = exception.Path ?? "$";
        return exception.InnerException is JsonException
            ? new ActivityFault(path, string.Create(
                CultureInfo.InvariantCulture,
                $"The JSON is malformed at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."))
            : new ActivityFault(path, "The field is repeated or not of the expected type.");
    }

    // A backslash occurs only inside strings, so no tokeniser is needed to find the escapes.
    private static int FindLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (true)
        {
            var step = utf8[at..].IndexOf((byte)'\\');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (!TryReadEscape(utf8[at..], out var unit))
            {
                at = Math.Min(at + 2, utf8.Length);
                continue;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (!TryReadEscape(utf8[(at + 6)..], out var next) || !char.IsLowSurrogate(next))
                {
                    return at;
                }

                at += 12;
            }
            else if (char.IsLowSurrogate(unit))
            {
                return at;
            }
            else
            {
                at += 6;
            }
        }
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> utf8, out char unit)
    {
        unit = default;
        if (utf8.Length < 6
            || utf8[1] != 'u'
            || utf8[0] != '\\'
            || !ushort.TryParse(utf8[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private static string PathAt(ReadOnlySpan<byte> utf8, int offset)
    {
        var path = new StringBuilder("$");
        var lengths = new Stack<int>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read() && reader.TokenStartIndex <= offset)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    lengths.Push(path.Length);
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    path.Length = lengths.Pop();
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && lengths.TryPeek(out var length))
                {
                    path.Length = length;
                    if (reader.TokenStartIndex + reader.ValueSpan.Length + 1 < offset)
                    {
                        path.Append('.').Append(reader.GetString());
                    }
                }
            }
        }
        catch (JsonException)
        {
            // Malformed further on: the path so far is the best there is.
        }

        return path.ToString();
    }
}
