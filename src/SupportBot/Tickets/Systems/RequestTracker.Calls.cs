using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>The calls that the others are made of, and RT's ways of writing things.</summary>
public sealed partial class RequestTrackerSystem
{
    /// <summary>A text or a number; empty when there is none.</summary>
    internal static string Text(JsonElement element, string property) => element.Text(property) ?? "";

    /// <summary>The id of what a property refers to: of a user it is the name.</summary>
    internal static string Id(JsonElement element, string property) =>
        element.At(property) is { ValueKind: JsonValueKind.Object } referred ? Text(referred, "id") : Text(element, property);

    internal static IReadOnlyList<JsonElement> Items(JsonElement answer) => [.. answer.Items("items")];

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body, CancellationToken ct) =>
        (await _http.SendAsync(Request(method, path, body), ct)).Json;

    private HttpRequestMessage Request(HttpMethod method, string path, object? body = null) => new(method, Api + path)
    {
        Headers = { Authorization = _authorization },
        Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Default),
    };

    /// <summary>Ids by names.</summary>
    private async Task<SortedDictionary<string, string>> QueuesAsync(CancellationToken ct)
    {
        var queues = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var page = 1; ; page++)
        {
            var items = Items(await CallAsync(HttpMethod.Get, $"queues/all?fields=Name&orderby=id&per_page={PageSize}&page={page}", null, ct));
            foreach (var item in items)
            {
                queues[Text(item, "Name")] = Text(item, "id");
            }

            if (items.Count < PageSize)
            {
                return queues;
            }
        }
    }

    private async Task<HashSet<string>> FieldsAsync(string queueId, CancellationToken ct) =>
        [.. (await CallAsync(HttpMethod.Get, $"queue/{queueId}", null, ct)).Items("TicketCustomFields").Select(f => Text(f, "name"))];

    /// <summary>A ticket that something is to be done with: RT would take an answer to a deleted one, and bring it back.</summary>
    private async Task<JsonElement> TicketAsync(string id, CancellationToken ct)
    {
        var ticket = await CallAsync(HttpMethod.Get, $"ticket/{id}", null, ct);
        return Text(ticket, "Status") == Deleted ? throw new OutboxRefusal($"{Name}: ticket {id} was deleted.", final: true) : ticket;
    }

    /// <summary>Tickets with this key, merged ones too, oldest first.</summary>
    private async Task<List<JsonElement>> SearchAsync(string key, CancellationToken ct)
    {
        // RT leaves merged tickets out unless the query names their own column.
        var query = $"CF.{{{_keyField}}} = '{key.Replace("\\", "\\\\").Replace("'", "\\'")}' AND EffectiveId > 0";
        const string Fields = "Subject,Status,Queue,Owner,Priority,EffectiveId,CustomFields&fields[Queue]=Name";
        var answer = await CallAsync(HttpMethod.Get, $"tickets?fields={Fields}&orderby=id&per_page={PageSize}&query={Uri.EscapeDataString(query)}", null, ct);
        return [.. Items(answer).Where(t => Values(t, _keyField).Contains(key))];
    }

    private static List<string> Values(JsonElement ticket, string field) =>
        [.. ticket.Items("CustomFields").Where(f => Text(f, "name") == field).SelectMany(f => f.Items("values")).Select(v => v.AsText()).OfType<string>()];

    private List<string> Warnings(TicketDraft draft, JsonElement ticket)
    {
        var warnings = new List<string>();
        var subject = Text(ticket, "Subject");
        if (subject != OneLine(draft.Subject))
        {
            warnings.Add($"The subject was cut to {subject.Length} characters.");
        }

        if (draft.Assignee is { } assignee && Id(ticket, "Owner") != assignee)
        {
            warnings.Add($"It was not given to {assignee}: there is no such user, or one who may not own tickets.");
        }

        if (Text(ticket, "Priority") != PriorityOf(draft.Priority).ToString(CultureInfo.InvariantCulture))
        {
            warnings.Add($"The priority is {Text(ticket, "Priority")}.");
        }

        warnings.AddRange(draft.CustomFields.Where(f => f.Value.Length > 0 && !Values(ticket, f.Key).Contains(f.Value)).Select(f => $"The field {f.Key} did not take its value."));
        if (draft.Tags.Count > 0 && (_tagsField is null || draft.Tags.Except(Values(ticket, _tagsField)).Any()))
        {
            warnings.Add($"There is no field for the tags {string.Join(", ", draft.Tags)}.");
        }

        warnings.AddRange(draft.Files.Where(f => f.Size == 0).Select(f => $"The file {f.Name} is empty and was left out."));
        return warnings;
    }

    private RemoteTicket ToRemote(JsonElement ticket, IReadOnlyList<string> warnings) => new(
        Text(ticket, "id"), Text(ticket, "id"), Text(ticket, "Status"), new Uri(_options.NeedUrl(), $"Ticket/Display.html?id={Text(ticket, "id")}").AbsoluteUri, warnings);

    private OutboxRefusal NoQueue(string queue, IEnumerable<string> queues) =>
        new($"{Name} has no queue {queue} that our user may see; there are {string.Join(", ", queues)}.", final: true);

    private TicketPhase PhaseOf(string status) =>
        _statuses.Where(s => s.Value.Contains(status, StringComparer.OrdinalIgnoreCase)).Select(s => s.Key).FirstOrDefault(TicketPhase.Open);

    /// <summary>RT's own life cycle knows no closed tickets but those that were turned down, so closing one without further settings is solving it.</summary>
    private string StatusFor(TicketPhase phase) =>
        _statuses[phase is TicketPhase.Closed && !_options.Settings.ContainsKey("Closed") ? TicketPhase.Solved : phase][0];

    private int PriorityOf(string priority) => _priorities.GetValueOrDefault(priority, _priorities["normal"]);

    /// <summary>Files as RT takes them: not empty, with a name in ASCII that it decodes itself (any other is refused with a 500), and nothing that it would unpack.</summary>
    private static async Task<List<object>> FilesAsync(IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        var attachments = new List<object>();
        foreach (var file in files.Where(f => f.Size > 0))
        {
            await using var content = await file.OpenAsync(ct);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, ct);
            var packed = !MediaTypeHeaderValue.TryParse(file.ContentType, out var type)
                || type.MediaType is not { } media || media.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || media.StartsWith("message/", StringComparison.OrdinalIgnoreCase);
            attachments.Add(new
            {
                FileName = PlainName().IsMatch(file.Name) ? file.Name : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(OneLine(file.Name)))}?=",
                FileType = packed ? "application/octet-stream" : type!.MediaType,
                FileContent = Convert.ToBase64String(copy.GetBuffer(), 0, (int)copy.Length),
            });
        }

        return attachments;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static string Unquoted(string name) => OneLine(name).Replace("\\", "").Replace('"', '\'');

    private string[] Words(string setting, string otherwise) =>
        _options.Settings.GetValueOrDefault(setting, otherwise).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words
            ? words
            : throw new TicketSystemProblem($"Settings:{setting}", $"list statuses of RT, such as {otherwise}");

    private int Number(string setting, int otherwise) =>
        !_options.Settings.TryGetValue(setting, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new TicketSystemProblem($"Settings:{setting}", $"give the priority as a number, such as {otherwise}");

    private string FieldName(string setting, string otherwise) =>
        _options.Settings.GetValueOrDefault(setting, otherwise) is var name && Field().IsMatch(name)
            ? name
            : throw new TicketSystemProblem($"Settings:{setting}", "name a custom field of tickets in letters, digits, blanks, - and _");

    [GeneratedRegex(@"^1-(\d{1,18})-[0-9A-Fa-f]{32}$")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\w[\w -]{0,63}$")]
    private static partial Regex Field();

    [GeneratedRegex(@"^[A-Za-z0-9._ -]+$")]
    private static partial Regex PlainName();
}
