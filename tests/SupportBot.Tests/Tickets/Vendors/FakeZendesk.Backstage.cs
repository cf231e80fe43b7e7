using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeZendesk : ITicketBackstage
{
    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string>();

    public override TicketSystemOptions Options => new() { Name = "zendesk", Type = ZendeskSystem.Type, Url = Url, User = User, Token = Secret, WebhookSecret = "zendesk-webhook-secret" };

    public string Queue => "Returns";

    public string OtherQueue => "Orders";

    public string Field => "Order number";

    public string Assignee => "Aoife Agent";

    public string NoTicket => "99999999";

    public override ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new ZendeskSystem(options, http, time);

    public Task<int> CountAsync(string key) => Task.FromResult(_tickets.Values.Count(t => t.ExternalId == key));

    public Task<SeenTicket> SeeAsync(string ticketId)
    {
        var ticket = Get(ticketId);
        var first = ticket.Audits[0].Comment!;
        return Task.FromResult(new SeenTicket(
            ticket.Subject, _groups.Single(g => g.Value == ticket.GroupId).Key, ticket.AssigneeId is { } a ? _users[a].Name : null, ticket.Priority ?? "", first.Body,
            [.. ticket.Tags], ticket.Fields.ToDictionary(f => _fields[f.Key].Title, f => f.Value), [.. first.Uploads.Select(u => _uploads[u].Seen)]));
    }

    public async Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files)
    {
        var tokens = new List<string>();
        foreach (var file in files)
        {
            tokens.Add($"agent{NextId()}");
            _uploads[tokens[^1]] = await StoreAsync(file);
        }

        Record(Get(ticketId), new ZendeskComment(NextId(), text, isPublic, 12, tokens), null, 12);
    }

    public Task WriteAsCustomerAsync(string ticketId, string text)
    {
        var ticket = Get(ticketId);
        Record(ticket, new ZendeskComment(NextId(), text, true, ticket.RequesterId, []), null, ticket.RequesterId);
        return Task.CompletedTask;
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase)
    {
        var ticket = Get(ticketId);
        (ticket.AssigneeId, ticket.Status) = (12, phase switch { TicketPhase.Waiting => "pending", TicketPhase.Solved => "solved", TicketPhase.Closed => "closed", _ => "open" });
        Record(ticket, null, null, 12);
        return Task.CompletedTask;
    }

    public Task MergeAsync(string ticketId, string intoTicketId)
    {
        var (from, into) = (Get(ticketId), Get(intoTicketId));
        Record(into, new ZendeskComment(NextId(), $"Request #{from.Id} \"{from.Subject}\" was closed and merged into this request.", false, 12, []), null, 12);
        from.Status = "closed";
        from.Tags.Add("closed_by_merge");
        Record(from, new ZendeskComment(NextId(), $"This request was closed and merged into request #{into.Id} \"{into.Subject}\".", false, 12, []), null, 12);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string ticketId)
    {
        Get(ticketId).DeletedAt = Now;
        return Task.CompletedTask;
    }

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at) => Webhook($$"""{"ticket_id":"{{ticketId}}"}""", $"invocation-{ticketId}", secret, at);

    /// <summary>A call with any body, signed as Zendesk signs.</summary>
    public static WebhookRequest Webhook(string body, string invocation, string secret, DateTimeOffset at)
    {
        var stamp = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stamp + body)));
        var headers = new HeaderDictionary
        {
            ["X-Zendesk-Webhook-Signature"] = signature,
            ["X-Zendesk-Webhook-Signature-Timestamp"] = stamp,
            ["X-Zendesk-Webhook-Invocation-Id"] = invocation,
        };
        return new WebhookRequest(headers, Encoding.UTF8.GetBytes(body), at);
    }

    private ZendeskTicket Get(string id) => _tickets[long.Parse(id, CultureInfo.InvariantCulture)];
}
