using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SupportBot.Tickets.Systems;

/// <summary>Compares signatures in a time that says nothing about where they differ, and looks whether a signed moment is near enough.</summary>
internal static class WebhookSignature
{
    /// <summary>How far the clocks may be apart, and how long a call that somebody recorded is good for.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsHex(string? told, ReadOnlySpan<byte> hash) => Same(told, Convert.ToHexStringLower(hash));

    public static bool IsBase64(string? told, ReadOnlySpan<byte> hash) => Same(told, Convert.ToBase64String(hash));

    /// <summary>The bytes that a signature covers: a text, such as the moment, and then the body.</summary>
    public static byte[] Covered(string before, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes(before), .. body];

    public static bool IsNear(DateTimeOffset at, DateTimeOffset now) => (now - at).Duration() <= Tolerance;

    /// <summary>Whether a moment in ISO 8601 is near.</summary>
    public static bool IsNear(string? at, DateTimeOffset now) =>
        DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && IsNear(moment, now);

    private static bool Same(string? told, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told ?? ""), Encoding.UTF8.GetBytes(expected));
}
