using System.Buffers;
using System.Security.Cryptography;

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
}
