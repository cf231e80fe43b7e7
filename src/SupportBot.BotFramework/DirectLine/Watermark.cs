using System.Globalization;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// The sequence of the last activity that a client has seen, in decimal. What cannot be read means "from the start":
/// clients drop what they know already, while an error would leave them with nothing.
/// </summary>
internal static class Watermark
{
    public const string Start = "-";

    // The framework's parser also takes zero characters at the end, hence the look at each digit.
    public static long Parse(string? text) =>
        !text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;

    /// <summary>A mark beyond the end was not given out by this log, or the log was restored from an older copy.</summary>
    public static bool IsBeyond(long after, ActivityPage page) => after > page.LastSequence;

    public static string Format(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);
}
