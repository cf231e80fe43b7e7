using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

/// <summary>Files and the parts of an upload.</summary>
internal static class Samples
{
    public static byte[] Png { get; } = [0x89, .. "PNG\r\n\u001A\n"u8, .. "\0\0\0\rIHDR"u8, 1, 2, 3, 255];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8];

    /// <summary>Content for a file, whose length and bytes depend on the seed.</summary>
    public static byte[] PngOf(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        Png.CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>A zip with these entries in order, each with some content.</summary>
    public static byte[] Zip(params string[] entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            foreach (var entry in entries)
            {
                using var content = zip.CreateEntry(entry).Open();
                content.Write("<xml>some content</xml>"u8);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The activity's part as browsers send it.</summary>
    public static HttpContent Activity(string json)
    {
        var part = new StringContent(json, Encoding.UTF8);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
        part.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"activity\"; filename=\"blob\"");
        return part;
    }

    public static HttpContent File(string name, byte[] content, string contentType = "application/octet-stream") =>
        Part($"form-data; name=\"file\"; filename=\"{name}\"", content, contentType);

    public static HttpContent Part(string disposition, byte[] content, string contentType = "application/octet-stream")
    {
        var part = new ByteArrayContent(content);
        part.Headers.TryAddWithoutValidation("Content-Type", contentType);
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        return part;
    }
}
