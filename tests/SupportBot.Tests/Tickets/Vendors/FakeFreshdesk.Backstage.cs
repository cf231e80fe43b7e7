using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeFreshdesk : ITicketBackstage
{
    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string>
    {
        [Ability.WebhookAge] = "Freshdesk's automation rules sign nothing.",
        [Ability.WebhookSignature] = "Freshdesk's automation rules sign nothing.",
    };

    public override TicketSystemOptions Options => new() { Name = "freshdesk", Type = FreshdeskSystem.Type, Url = Url, Token = Secret, WebhookSecret = "freshdesk-webhook-secret" };

    public string Queue => "Returns";

    public string OtherQueue => "Orders";

    public string Field => "Order number";

    public string Assignee => "Aoife Agent";

    public string NoTicket => "99999999";

    public override ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new FreshdeskSystem(options, http, time);

    public Task<int> CountAsync(string key) => Task.FromResult(_tickets.Values.Count(t => t.Fields.GetValueOrDefault("cf_supportbot_key") == LookupKey.Of(key)));

    public Task<SeenTicket> SeeAsync(string ticketId)
    {
        var ticket = Get(ticketId);
        return Task.FromResult(new SeenTicket(
            ticket.Subject, _groups[ticket.GroupId!.Value], ticket.ResponderId is { } agent ? _agents[agent].Name : null,
            ticket.Priority.ToString(CultureInfo.InvariantCulture), VendorMarkup.ToText(ticket.Description), ticket.Tags,
            ticket.Fields.ToDictionary(f => _fields[f.Key], f => f.Value), [.. ticket.Files.Select(f => f.Seen)]));
    }

    public async Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files)
    {
        var stored = new List<StoredFile>();
        foreach (var file in files)
        {
            stored.Add(Keep(await StoreAsync(file) with { Id = NextId() }));
        }

        Write(Get(ticketId), $"<p>{WebUtility.HtmlEncode(text).Replace("\n", "<br />", StringComparison.Ordinal)}</p>", !isPublic, false, 32, stored);
    }

    public Task WriteAsCustomerAsync(string ticketId, string text)
    {
        Write(Get(ticketId), $"<div dir=\"ltr\">{WebUtility.HtmlEncode(text)}</div><div class=\"gmail_quote\">On Monday we wrote: Hello</div>", false, true, 900, []);
        return Task.CompletedTask;
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase)
    {
        var ticket = Get(ticketId);
        (ticket.Status, ticket.UpdatedAt) = (phase switch { TicketPhase.Waiting => 3, TicketPhase.Solved => 4, TicketPhase.Closed => 5, _ => 2 }, Now);
        return Task.CompletedTask;
    }

    public Task MergeAsync(string ticketId, string intoTicketId)
    {
        var (from, into) = (Get(ticketId), Get(intoTicketId));
        Write(into, $"<div>Ticket with ID {from.Id} is merged with this ticket and closed.</div>", true, false, 32, []);
        Write(from, $"<div>This ticket is closed and merged into ticket <a href=\"/helpdesk/tickets/{into.Id}\">{into.Id}</a></div>", true, false, 32, []);
        from.Status = 5;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string ticketId)
    {
        var ticket = Get(ticketId);
        (ticket.Deleted, ticket.UpdatedAt) = (true, Now);
        return Task.CompletedTask;
    }

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at) =>
        new(new HeaderDictionary { ["X-SupportBot-Secret"] = secret }, Utf8($$"""{"ticket_id":"{{ticketId}}"}"""), at);

    private FreshdeskTicket Get(string id) => _tickets[long.Parse(id, CultureInfo.InvariantCulture)];
}
