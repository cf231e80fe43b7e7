using System.Globalization;
using System.Text;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Names of uploaded files: for people to read and to tell files apart, never for a path. Names that clash get a number,
/// as browsers number downloads. Not thread-safe.
/// </summary>
internal sealed class UploadNames
{
    private const int MaxLength = 255;
    private const int MaxExtension = 20;
    private const string Nameless = "file";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that no other file of the upload has.</summary>
    public string Unique(string clean)
    {
        var name = clean;
        for (var number = 1; !_taken.Add(name); number++)
        {
            var extension = ExtensionOf(clean);
            name = Cut(clean[..^extension.Length], string.Create(CultureInfo.InvariantCulture, $" ({number}){extension}"));
        }

        return name;
    }

    /// <summary>
    /// A name without folders and without what cannot be seen. Browsers write a quotation mark as <c>%22</c> and line
    /// ends as <c>%0D</c> and <c>%0A</c>.
    /// </summary>
    public static string Clean(string? name)
    {
        var text = (name ?? "").Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", "", StringComparison.OrdinalIgnoreCase)
            .Replace("%0A", "", StringComparison.OrdinalIgnoreCase);
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text[(text.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator))
            {
                visible.Append(rune);
            }
        }

        var clean = visible.ToString().Trim();
        var extension = ExtensionOf(clean);
        return clean.Trim('.').Length == 0 ? Nameless : Cut(clean[..^extension.Length], extension);
    }

    private static string ExtensionOf(string name) =>
        name.LastIndexOf('.') is var dot and > 0 && name.Length - dot <= MaxExtension ? name[dot..] : "";

    private static string Cut(string stem, string ending)
    {
        var length = Math.Min(stem.Length, MaxLength - ending.Length);
        return stem[..(length > 0 && char.IsHighSurrogate(stem[length - 1]) ? length - 1 : length)] + ending;
    }
}
