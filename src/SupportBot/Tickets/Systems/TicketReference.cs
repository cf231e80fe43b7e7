using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SupportBot.Tickets.Systems;

/// <summary>Short marks made from keys, for systems that keep no key with a message: the mark stands on the last line of its text.</summary>
public static partial class TicketReference
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The same key always has the same mark; ten letters make two different keys with one mark a matter of 2^-50.</summary>
    public static string Of(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return string.Create(13, hash, (mark, bytes) =>
        {
            "SB-".CopyTo(mark);
            for (var i = 3; i < mark.Length; i++)
            {
                mark[i] = Letters[bytes[i] % Letters.Length];
            }
        });
    }

    /// <summary>The text with the mark below it.</summary>
    public static string Mark(string text, string reference) => $"{text}\n\n[{reference}]";

    /// <summary>The text without its mark, and the mark; null when it has none.</summary>
    public static (string Text, string? Reference) Read(string text) =>
        Marked().Match(text) is { Success: true } match ? (text[..match.Index].TrimEnd(), match.Groups[1].Value) : (text, null);

    [GeneratedRegex(@"\[(SB-[A-HJ-NP-Z2-9]{10})\]\s*\z")]
    private static partial Regex Marked();
}
