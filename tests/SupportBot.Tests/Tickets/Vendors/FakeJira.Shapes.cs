using System.Globalization;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>What it keeps, and how it shows it.</summary>
public sealed partial class FakeJira
{
    private object ShowUser(string id) => new { accountId = id, displayName = _people[id].Name, emailAddress = _people[id].Email, active = true };

    private object ShowStatus(string name) => new { name, statusCategory = new { key = _statuses[name] ? "done" : "indeterminate" } };

    private object ShowRequest(JiraIssue issue) => new
    {
        issueId = $"{issue.Id}",
        issueKey = issue.Key,
        requestTypeId = issue.Type,
        requestType = new { id = issue.Type, name = _types[issue.Type] },
        reporter = ShowUser(issue.Reporter),
        currentStatus = new { status = issue.Status, statusCategory = _statuses[issue.Status] ? "DONE" : "INDETERMINATE" },
    };

    private object Show(JiraIssue issue) => new
    {
        id = $"{issue.Id}",
        key = issue.Key,
        fields = new Dictionary<string, object?>(issue.Fields.Select(f => new KeyValuePair<string, object?>(f.Key, f.Value)))
        {
            ["status"] = ShowStatus(issue.Status),
            ["assignee"] = issue.Assignee is { } assignee ? ShowUser(assignee) : null,
        },
    };

    private object Show(JiraComment comment) => new
    {
        id = $"{comment.Id}",
        body = comment.Body,
        @public = comment.Public,
        author = ShowUser(comment.Author),
        created = new { iso8601 = comment.At.ToString("yyyy-MM-dd'T'HH:mm:sszz'00'", CultureInfo.InvariantCulture) },
        attachments = new
        {
            values = comment.Files.Select(f => new { filename = f.Name, size = f.Content.Length, mimeType = f.ContentType, _links = new { content = $"{Url}secure/attachment/{f.Id}" } }),
        },
    };

    private static string Milliseconds(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzz'00'", CultureInfo.InvariantCulture);

    private sealed record JiraComment(long Id, string Body, bool Public, string Author, DateTimeOffset At, List<StoredFile> Files);

    private sealed class JiraIssue
    {
        public required long Id { get; init; }

        public required int Number { get; init; }

        public required string Reporter { get; init; }

        public required string Type { get; set; }

        public required string Summary { get; init; }

        public required string Description { get; init; }

        public string Key => $"HELP-{Number}";

        public string Status { get; set; } = "Waiting for support";

        public string Priority { get; set; } = "Medium";

        public string? Assignee { get; set; }

        public List<string> Labels { get; set; } = [];

        public Dictionary<string, string> Fields { get; } = [];

        public List<JiraComment> Comments { get; } = [];

        public List<DateTimeOffset> Updates { get; } = [];
    }
}
