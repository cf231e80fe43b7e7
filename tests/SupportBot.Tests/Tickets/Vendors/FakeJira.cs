using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>
/// A cloud service desk as Atlassian's documentation tells it: forms that take only their own fields, customers who must have an account, texts of
/// limited length, files that come in by way of temporary ones, a workflow, and JQL that an index answers which lags behind.
/// </summary>
public sealed partial class FakeJira : VendorFake
{
    public const string User = "bot@tarn.example";
    public const string Secret = "jira-token-1";
    private const string Me = "account-bot";
    private const int LongestText = 32_767;

    private readonly Dictionary<string, string> _types = new() { ["25"] = "Returns", ["26"] = "Orders" };
    private readonly Dictionary<string, string> _fields = new() { ["customfield_10050"] = "SupportBot key", ["customfield_10051"] = "Order number" };
    private readonly Dictionary<string, (string Name, string Email)> _people = new()
    {
        [Me] = ("SupportBot", User),
        ["account-aoife"] = ("Aoife Agent", "aoife@tarn.example"),
    };

    private readonly Dictionary<string, bool> _statuses = new() { ["Waiting for support"] = false, ["Waiting for customer"] = false, ["Resolved"] = true, ["Closed"] = true };
    private readonly SortedDictionary<long, JiraIssue> _issues = [];
    private readonly Dictionary<string, StoredFile> _temporary = [];
    private readonly Dictionary<long, StoredFile> _files = [];
    private readonly Dictionary<string, string> _properties = [];
    private int _lastNumber;

    /// <summary>A field that the project has on no screen.</summary>
    public string? OffScreen { get; set; }

    protected override IResult? Refuse(HttpRequest request) =>
        request.Path.StartsWithSegments("/media") || IsBasic(request, User, Secret) ? null : Json(new { message = "Client must be authenticated to access this resource." }, 401);

    protected override void Map(IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/rest/servicedeskapi");
        desk.MapGet("/servicedesk/{key}", (string key) => key == "HELP" ? Json(new { id = "4", projectKey = "HELP" }) : NotFound());
        desk.MapGet("/servicedesk/4/requesttype", () => Page(_types.Select(t => new { id = t.Key, name = t.Value }), 0, 100));
        desk.MapGet("/servicedesk/4/requesttype/{type}/field", () => Json(new
        {
            requestTypeFields = _fields.Append(new("summary", "Summary")).Append(new("description", "Description"))
                .Select(f => new { fieldId = f.Key, name = f.Value, jiraSchema = new { type = "string" } }),
        }));
        desk.MapGet("/servicedesk/4/customer", (string query) =>
            Page(_people.Where(p => p.Key.StartsWith("qm:", StringComparison.Ordinal) && p.Value.Email.Contains(query, StringComparison.OrdinalIgnoreCase)).Select(p => ShowUser(p.Key)), 0, 100));
        desk.MapPost("/servicedesk/4/customer", () => Results.NoContent());
        desk.MapPost("/customer", CustomerAsync);
        desk.MapPost("/servicedesk/4/attachTemporaryFile", UploadAsync);
        desk.MapPost("/request", CreateAsync);
        desk.MapGet("/request/{id}", (string id) => Find(id) is { } issue ? Json(ShowRequest(issue)) : NotFound());
        desk.MapGet("/request/{id}/comment", (string id, int start, int limit) => Find(id) is { } issue ? Page(issue.Comments.Select(Show), start, Math.Min(limit, 50)) : NotFound());
        desk.MapPost("/request/{id}/comment", CommentAsync);
        desk.MapPost("/request/{id}/attachment", AttachAsync);

        var api = routes.MapGroup("/rest/api/2");
        api.MapGet("/myself", () => Json(ShowUser(Me)));
        api.MapGet("/field", () => Json(_fields.Select(f => new { id = f.Key, name = f.Value, custom = true, schema = new { custom = "textfield" } })
            .Append(new { id = "customfield_10010", name = "Request Type", custom = true, schema = new { custom = "com.atlassian.servicedesk:vp-origin" } })));
        api.MapGet("/user/assignable/search", () => Json(_people.Keys.Where(k => !k.StartsWith("qm:", StringComparison.Ordinal)).Select(ShowUser)));
        api.MapGet("/user/properties/{key}", (string key) => _properties.TryGetValue(key, out var value) ? Json(new { key, value = JsonNode.Parse(value) }) : NotFound());
        api.MapPut("/user/properties/{key}", async (string key, HttpRequest request) =>
        {
            _properties[key] = (await BodyAsync(request)).ToJsonString();
            return Results.Ok();
        });
        api.MapGet("/issue/{id}", (string id) => Find(id) is { } issue ? Json(Show(issue)) : NotFound());
        api.MapPut("/issue/{id}", EditAsync);
        api.MapPost("/issue/bulkfetch", BulkAsync);
        api.MapGet("/issue/{id}/transitions", (string id) => Find(id) is { } issue ? Json(new { transitions = Transitions(issue) }) : NotFound());
        api.MapPost("/issue/{id}/transitions", MoveAsync);
        routes.MapGet("/rest/api/3/search/jql", Search);
        routes.MapGet("/secure/attachment/{id}", (long id) => Results.Redirect($"/media/{id}"));
        routes.MapGet("/media/{id}", (long id, HttpRequest request) =>
            request.Headers.Authorization.Count > 0 ? Results.BadRequest() : Results.Bytes(_files[id].Content, _files[id].ContentType));
    }

    private static IResult NotFound() => Json(new { errorMessages = new[] { "Issue does not exist or you do not have permission to see it." }, errors = new { } }, 404);

    private static IResult Invalid(string message) => Json(new { errorMessage = message, i18nErrorMessage = new { i18nKey = "sd.validation", parameters = Array.Empty<string>() } }, 400);

    private static IResult Page<T>(IEnumerable<T> all, int start, int limit)
    {
        var values = all.Skip(start).ToList();
        return Json(new { size = Math.Min(values.Count, limit), start, limit, isLastPage = values.Count <= limit, values = values.Take(limit) });
    }

    private async Task<IResult> CustomerAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        var email = (string)asked["email"]!;
        if (_people.Values.Any(p => p.Email == email))
        {
            return Invalid("An account already exists for this email");
        }

        var id = $"qm:{NextId()}";
        _people[id] = ((string)asked["displayName"]!, email);
        return Json(ShowUser(id), 201);
    }

    private async Task<IResult> UploadAsync(HttpRequest request)
    {
        if (request.Headers["X-Atlassian-Token"] != "no-check")
        {
            return Results.Text("XSRF check failed", statusCode: 403);
        }

        var uploaded = new List<object>();
        foreach (var file in (await request.ReadFormAsync()).Files)
        {
            await using var content = file.OpenReadStream();
            var id = $"temp{NextId()}";
            _temporary[id] = new StoredFile(NextId(), file.FileName, file.ContentType, await BytesAsync(content));
            uploaded.Add(new { temporaryAttachmentId = id, fileName = file.FileName });
        }

        return Json(new { temporaryAttachments = uploaded }, 201);
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        var values = asked["requestFieldValues"] as JsonObject ?? [];
        if ((string?)asked["serviceDeskId"] != "4" || !_types.ContainsKey((string?)asked["requestTypeId"] ?? ""))
        {
            return Invalid("The request type does not exist in the service desk.");
        }

        if (values.Select(v => v.Key).FirstOrDefault(k => !_fields.ContainsKey(k) && k is not ("summary" or "description")) is { } stranger)
        {
            return Invalid($"Field '{stranger}' cannot be set. It is not on the appropriate screen, or unknown.");
        }

        var (summary, description) = ((string?)values["summary"] ?? "", (string?)values["description"] ?? "");
        if (summary.Length is 0 or > 255 || summary.Contains('\n') || description.Length > LongestText)
        {
            return Invalid("Summary or description can't be that long, nor have line ends.");
        }

        var reporter = (string?)asked["raiseOnBehalfOf"] ?? Me;
        if (!_people.ContainsKey(reporter))
        {
            return Invalid("The customer does not exist.");
        }

        var issue = new JiraIssue { Id = NextId(), Number = ++_lastNumber, Reporter = reporter, Type = (string)asked["requestTypeId"]!, Summary = summary, Description = description };
        foreach (var (name, value) in values.Where(v => _fields.ContainsKey(v.Key)))
        {
            issue.Fields[name] = (string)value!;
        }

        issue.Updates.Add(Now);
        _issues[issue.Id] = issue;
        return Json(ShowRequest(issue), 201);
    }

    private async Task<IResult> CommentAsync(string id, HttpRequest request)
    {
        var asked = await BodyAsync(request);
        return Find(id) is not { } issue
            ? NotFound()
            : (string?)asked["body"] is not { Length: > 0 and <= LongestText } body
                ? Invalid("The entered text is empty or too long.")
                : Json(Show(Say(issue, body, (bool)asked["public"]!, Me, [])), 201);
    }

    private async Task<IResult> AttachAsync(string id, HttpRequest request)
    {
        var asked = await BodyAsync(request);
        if (Find(id) is not { } issue)
        {
            return NotFound();
        }

        var body = (string?)asked["additionalComment"]?["body"] ?? "";
        var ids = (asked["temporaryAttachmentIds"] as JsonArray ?? []).Select(t => (string)t!).ToList();
        if (body.Length > LongestText || ids.Any(i => !_temporary.ContainsKey(i)))
        {
            return Invalid("The text is too long, or a temporary file is not there any more.");
        }

        var comment = Say(issue, body, (bool)asked["public"]!, Me, ids.ConvertAll(i => _temporary[i]));
        ids.ForEach(i => _temporary.Remove(i));
        return Json(new { comment = Show(comment), attachments = new { values = Array.Empty<object>() } }, 201);
    }

    /// <summary>Files show in the text of their comment.</summary>
    private JiraComment Say(JiraIssue issue, string text, bool isPublic, string author, List<StoredFile> files)
    {
        foreach (var file in files)
        {
            _files[file.Id] = file;
            text += file.ContentType.StartsWith("image/", StringComparison.Ordinal) ? $"\n\n!{file.Name}|thumbnail!" : $"\n\n[^{file.Name}]";
        }

        issue.Comments.Add(new JiraComment(NextId(), text, isPublic, author, Now, files));
        issue.Updates.Add(Now);
        return issue.Comments[^1];
    }

    private async Task<IResult> EditAsync(string id, HttpRequest request)
    {
        var fields = (await BodyAsync(request))["fields"] as JsonObject ?? [];
        if (Find(id) is not { } issue)
        {
            return NotFound();
        }

        var errors = new Dictionary<string, string>();
        foreach (var (name, value) in fields)
        {
            var isWrong = name == OffScreen || name switch
            {
                "assignee" => !_people.ContainsKey((string)value!["accountId"]!),
                "priority" => (string?)value!["name"] is not ("Highest" or "High" or "Medium" or "Low"),
                "customfield_10010" => !_types.ContainsKey((string)value!),
                "labels" => value!.AsArray().Any(l => ((string)l!).Contains(' ')),
                _ => true,
            };
            if (isWrong)
            {
                errors[name] = $"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown.";
            }
        }

        if (errors.Count > 0)
        {
            return Json(new { errorMessages = Array.Empty<string>(), errors }, 400);
        }

        issue.Assignee = (string?)fields["assignee"]?["accountId"] ?? issue.Assignee;
        issue.Priority = (string?)fields["priority"]?["name"] ?? issue.Priority;
        issue.Type = (string?)fields["customfield_10010"] ?? issue.Type;
        issue.Labels = fields["labels"] is JsonArray labels ? [.. labels.Select(l => (string)l!)] : issue.Labels;
        issue.Updates.Add(Now);
        return Results.NoContent();
    }

    private async Task<IResult> BulkAsync(HttpRequest request)
    {
        var keys = (await BodyAsync(request))["issueIdsOrKeys"]!.AsArray().Select(k => (string)k!).ToHashSet();
        return keys.Count > 100 ? Invalid("At most 100 issues") : Json(new { issues = _issues.Values.Where(i => keys.Contains(i.Key)).Select(Show) });
    }

    private List<object> Transitions(JiraIssue issue) =>
        [.. _statuses.Where(s => s.Key != issue.Status).Select((s, i) => new { id = $"{i + 11}", name = $"To {s.Key}", to = ShowStatus(s.Key) })];

    private async Task<IResult> MoveAsync(string id, HttpRequest request)
    {
        var asked = (string?)(await BodyAsync(request))["transition"]?["id"];
        if (Find(id) is not { } issue)
        {
            return NotFound();
        }

        var index = int.Parse(asked!, CultureInfo.InvariantCulture) - 11;
        issue.Status = _statuses.Keys.Where(s => s != issue.Status).ElementAt(index);
        issue.Updates.Add(Now);
        return Results.NoContent();
    }

    /// <summary>Two queries are understood; both see how things stood when the index was last written.</summary>
    private IResult Search(string jql, int maxResults, string? nextPageToken)
    {
        var seen = _issues.Values.Select(i => (Issue: i, Updated: i.Updates.LastOrDefault(u => u <= Now - IndexLag))).Where(i => i.Updated != default);
        var match = Updated().Match(jql);
        seen = match.Success
            ? seen.Where(i => i.Updated.ToUnixTimeMilliseconds() >= long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).OrderBy(i => i.Updated).ThenBy(i => i.Issue.Id)
            : seen.OrderByDescending(i => i.Issue.Id);
        var rest = seen.Skip(nextPageToken is null ? 0 : int.Parse(nextPageToken, CultureInfo.InvariantCulture)).ToList();
        var end = (nextPageToken is null ? 0 : int.Parse(nextPageToken, CultureInfo.InvariantCulture)) + maxResults;
        return Json(new
        {
            issues = rest.Take(maxResults).Select(i => new { id = $"{i.Issue.Id}", key = i.Issue.Key, fields = new { updated = Milliseconds(i.Updated) } }),
            nextPageToken = rest.Count > maxResults ? $"{end}" : null,
            isLast = rest.Count <= maxResults,
        });
    }

    private JiraIssue? Find(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _issues.GetValueOrDefault(number) : null;

    [GeneratedRegex(@"updated >= (\d+) ")]
    private static partial Regex Updated();
}
