using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeJira : ITicketBackstage
{
    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string>
    {
        [Ability.WebhookAge] = "Jira signs no moment of delivery, and delivers up to half an hour late.",
        [Ability.Merge] = "Jira knows no merges.",
    };

    public override TicketSystemOptions Options => new()
    {
        Name = "jira",
        Type = JiraServiceManagementSystem.Type,
        Url = Url,
        User = User,
        Token = Secret,
        WebhookSecret = "jira-webhook-secret",
        Settings = { ["ServiceDesk"] = "HELP" },
    };

    public string Queue => "Returns";

    public string OtherQueue => "Orders";

    public string Field => "Order number";

    public string Assignee => "Aoife Agent";

    public string NoTicket => "99999999";

    public override ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new JiraServiceManagementSystem(options, http, time);

    public Task<int> CountAsync(string key) => Task.FromResult(_issues.Values.Count(i => i.Fields["customfield_10050"] == key));

    public Task<SeenTicket> SeeAsync(string ticketId)
    {
        var issue = Get(ticketId);
        return Task.FromResult(new SeenTicket(
            issue.Summary, _types[issue.Type], issue.Assignee is { } a ? _people[a].Name : null, issue.Priority, Shown(issue.Description), issue.Labels,
            issue.Fields.ToDictionary(f => _fields[f.Key], f => f.Value), [.. issue.Comments.SelectMany(c => c.Files).Select(f => f.Seen)]));
    }

    public async Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files)
    {
        var stored = new List<StoredFile>();
        foreach (var file in files)
        {
            stored.Add(await StoreAsync(file) with { Id = NextId() });
        }

        Say(Get(ticketId), text, isPublic, "account-aoife", stored);
    }

    public Task WriteAsCustomerAsync(string ticketId, string text)
    {
        var issue = Get(ticketId);
        Say(issue, text, true, issue.Reporter, []);
        return Task.CompletedTask;
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase)
    {
        var issue = Get(ticketId);
        issue.Status = phase switch { TicketPhase.Waiting => "Waiting for customer", TicketPhase.Solved => "Resolved", TicketPhase.Closed => "Closed", _ => "Waiting for support" };
        issue.Updates.Add(Now);
        return Task.CompletedTask;
    }

    public Task MergeAsync(string ticketId, string intoTicketId) => throw new NotSupportedException(Lacks[Ability.Merge]);

    public Task DeleteAsync(string ticketId)
    {
        _issues.Remove(Get(ticketId).Id);
        return Task.CompletedTask;
    }

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at)
    {
        var body = Utf8($$"""{"timestamp":{{at.ToUnixTimeMilliseconds()}},"webhookEvent":"comment_created","issue":{"id":"{{ticketId}}","key":"HELP-1"} }""");
        var headers = new HeaderDictionary
        {
            ["X-Hub-Signature"] = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Utf8(secret), body))}",
            ["X-Atlassian-Webhook-Identifier"] = $"delivery-{ticketId}",
            ["X-Atlassian-Webhook-Flow"] = "Primary",
        };
        return new WebhookRequest(headers, body, at);
    }

    /// <summary>The newest comment as it is stored.</summary>
    public string LastCommentOf(string ticketId) => Get(ticketId).Comments[^1].Body;

    /// <summary>How an agent's screen shows a text whose markup is escaped.</summary>
    private static string Shown(string text) => Escaped().Replace(text, "$1");

    private JiraIssue Get(string id) => _issues[long.Parse(id, CultureInfo.InvariantCulture)];

    [GeneratedRegex(@"\\([\\{\[!])")]
    private static partial Regex Escaped();
}
