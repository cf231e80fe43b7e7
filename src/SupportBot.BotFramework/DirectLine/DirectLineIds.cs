using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Ids that clients put into addresses unescaped, hence the narrow alphabet. 22 characters of 62 are 131 random bits.
/// </summary>
internal static class DirectLineIds
{
    public const string UserPrefix = "dl_";

    private const int RandomLength = 22;
    private const int MaxConversation = 64;
    private const int MaxUser = 128;

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> ConversationAlphabet = SearchValues.Create(Alphanumeric + "_-");
    private static readonly SearchValues<char> UserAlphabet = SearchValues.Create(Alphanumeric + "_-.@");

    public static string NewConversation() => RandomNumberGenerator.GetString(Alphanumeric, RandomLength);

    public static string NewUser() => UserPrefix + RandomNumberGenerator.GetString(Alphanumeric, RandomLength);

    public static bool IsConversation(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxConversation && !id.ContainsAnyExcept(ConversationAlphabet);

    public static bool IsUser(ReadOnlySpan<char> id) =>
        id.Length > UserPrefix.Length
        && id.Length <= MaxUser
        && id.StartsWith(UserPrefix, StringComparison.Ordinal)
        && !id.ContainsAnyExcept(UserAlphabet);

    /// <summary>Whether an id can be that of a user whom only the site's server knows: anything readable that does not look like one of ours.</summary>
    public static bool IsForeignUser([NotNullWhen(true)] string? id) =>
        IsPrintable(id) && !id.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text of one line can be somebody's id.</summary>
    public static bool IsPrintable([NotNullWhen(true)] string? id)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > MaxUser)
        {
            return false;
        }

        foreach (var rune in id.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                return false;
            }
        }

        return true;
    }
}
