using System.Net.Http.Headers;
using System.Text;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// A form with files. Names of files come from customers and may hold anything: they go out in UTF-8 with quotes escaped, as browsers and the
/// vendors' servers have it, and once more as RFC 5987 says; the framework's own form encodes them like mail headers, or throws.
/// </summary>
internal sealed class VendorForm
{
    private readonly MultipartContent _content = new("form-data") { HeaderEncodingSelector = static (_, _) => Encoding.UTF8 };

    public HttpContent Content => _content;

    public void Add(string name, string value) => Add(new StringContent(value), $"name=\"{name}\"");

    public async Task AddAsync(string name, TicketFile file, CancellationToken ct)
    {
        var content = new StreamContent(await file.OpenAsync(ct));
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new("application/octet-stream");
        var plain = string.Concat(file.Name.Where(c => !char.IsControl(c)));
        var quoted = plain.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        Add(content, $"name=\"{name}\"; filename=\"{quoted}\"; filename*=UTF-8''{Uri.EscapeDataString(plain)}");
    }

    private void Add(HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; {disposition}");
        _content.Add(content);
    }
}
