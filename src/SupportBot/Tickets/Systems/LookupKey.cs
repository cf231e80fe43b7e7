using System.Security.Cryptography;
using System.Text;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Keys in the form that query languages and headers take without quoting: as they are where they consist of ASCII letters, digits, - and _, and
/// the hash of them otherwise.
/// </summary>
internal static class LookupKey
{
    private const int Longest = 100;

    public static string Of(string key) =>
        key.Length is > 0 and <= Longest && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? key
            : $"key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
