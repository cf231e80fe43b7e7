using System.Text;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>What to put where it does not belong.</summary>
internal static class HostileBytes
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "", " ", "\0", "\r\n", "\r\n\r\n", "\t", "\"", "'", "\\", "\\u0000", "\\ud800", "\\udc00\\ud800", "{", "}", "[", "]", ",", ":", "null",
            "true", "-0", "1e400", "99999999999999999999999999", "-9223372036854775809", "NaN", "../", "..%2f", "%00", "%ff", "%", "%u0041", "%2e%2e",
            "//", "?", "#", "&", "=", ";", "--", "--b", "--b--", "\r\n--b\r\n", "; filename=\"", "filename*=UTF-8''%", "=?utf-8?B?", "😀", "\u202e", "\uFEFF",
            "日本語", "<script>", "<!doctype html>", "${jndi:ldap://x}", "' OR 1=1 --", "$type", "__proto__", "constructor", "bytes=0-,-1,5-3",
            "W/\"x", "Bearer", "Bearer ", "eyJ..", "dl_", "*", "null, null", "localhost:99999", "[::1", "chunked", "gzip, chunked", "identity",
            "application/json; charset=utf-16", "multipart/form-data; boundary=", "multipart/mixed; boundary=\"b\"", "text/html",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80, 0x80, 0x80],
    ];

    /// <summary>Something short and nasty, or now and then something long.</summary>
    public static byte[] Next(Random random) => random.Next(50) switch
    {
        0 => Encoding.ASCII.GetBytes(new string('[', random.Next(1, 4_000))),
        1 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 500)))),
        2 => Encoding.ASCII.GetBytes(new string((char)random.Next('!', '~'), random.Next(1, 12_000))),
        3 => Noise(random),
        _ => Pieces[random.Next(Pieces.Length)],
    };

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        return noise;
    }
}
