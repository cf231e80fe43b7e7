namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// A file's media type from how it begins. Neither its name nor what the client says of it counts: both are chosen by
/// whoever wants to smuggle something in. Pure.
/// </summary>
internal static class ContentSniffer
{
    /// <summary>How much of a file's beginning is looked at; office documents name their parts there.</summary>
    public const int Window = 16 * 1024;

    public const string PlainText = "text/plain";
    private const string Unknown = "application/octet-stream";
    private const string Zip = "application/zip";
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";

    private static readonly (byte[] Start, string Type)[] Signatures =
    [
        ([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([.. "GIF87a"u8], "image/gif"),
        ([.. "GIF89a"u8], "image/gif"),
        ([.. "%PDF-"u8], "application/pdf"),
        ([.. "ID3"u8], "audio/mpeg"),
        ([0xFF, 0xFB], "audio/mpeg"),
        ([0xFF, 0xF3], "audio/mpeg"),
        ([0xFF, 0xF2], "audio/mpeg"),
    ];

    private static readonly (byte[] Folder, string Type)[] OfficeFolders =
    [
        ([.. "word/"u8], OpenXml + "wordprocessingml.document"),
        ([.. "xl/"u8], OpenXml + "spreadsheetml.sheet"),
        ([.. "ppt/"u8], OpenXml + "presentationml.presentation"),
    ];

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> ZipEntry => "PK\u0003\u0004"u8;

    /// <summary>
    /// The type of a file that begins so; <c>application/octet-stream</c> when it is none that is known. Of text, the
    /// rest must be checked as well.
    /// </summary>
    public static string Detect(ReadOnlySpan<byte> head)
    {
        foreach (var (start, type) in Signatures)
        {
            if (head.StartsWith(start))
            {
                return type;
            }
        }

        if (head.StartsWith(ZipEntry))
        {
            return OfZip(head);
        }

        return OfContainer(head) ?? OfText(head);
    }

    // RIFF and ISO media files say what is in them after their first length.
    private static string? OfContainer(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        var brand = head[8..12];
        if (head.StartsWith("RIFF"u8))
        {
            return brand.SequenceEqual("WEBP"u8) ? "image/webp" : brand.SequenceEqual("WAVE"u8) ? "audio/wav" : Unknown;
        }

        if (!head[4..8].SequenceEqual("ftyp"u8))
        {
            return null;
        }

        return brand switch
        {
            [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', _] => "image/heic",
            [(byte)'m', (byte)'i' or (byte)'s', (byte)'f', (byte)'1'] => "image/heic",
            [(byte)'M', (byte)'4', (byte)'A', _] => "audio/mp4",
            [(byte)'i', (byte)'s', (byte)'o', _] or [(byte)'m', (byte)'p', (byte)'4', _] or [(byte)'a', (byte)'v', (byte)'c', _]
                or [(byte)'M', (byte)'4', (byte)'V', _] => "video/mp4",
            _ => Unknown,
        };
    }

    // An office document is a zip whose parts lie in a folder named after the program. The first byte of a name is at 30.
    private static string OfZip(ReadOnlySpan<byte> head)
    {
        const int nameOffset = 30;
        for (var at = 0; at >= 0;)
        {
            var name = head[Math.Min(head.Length, at + nameOffset)..];
            foreach (var (folder, type) in OfficeFolders)
            {
                if (name.StartsWith(folder))
                {
                    return type;
                }
            }

            var step = head[(at + ZipEntry.Length)..].IndexOf(ZipEntry);
            at = step < 0 ? -1 : at + ZipEntry.Length + step;
        }

        return Zip;
    }

    private static string OfText(ReadOnlySpan<byte> head)
    {
        var check = new TextCheck();
        if (!check.Feed(head))
        {
            return Unknown;
        }

        var text = (head.StartsWith(ByteOrderMark) ? head[ByteOrderMark.Length..] : head).TrimStart(" \t\r\n\f"u8);
        return text switch
        {
            [(byte)'#', (byte)'!', ..] => "text/x-script",
            [(byte)'<', (byte)'!' or (byte)'?' or (byte)'/', ..] => "text/html",
            [(byte)'<', >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z', ..] => "text/html",
            _ => PlainText,
        };
    }
}
