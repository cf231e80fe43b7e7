using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeZammad : ITicketBackstage
{
    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string> { [Ability.WebhookAge] = "Zammad signs no moment." };

    public override TicketSystemOptions Options => new() { Name = "zammad", Type = ZammadSystem.Type, Url = Url, Token = Secret, WebhookSecret = "zammad-webhook-secret" };

    public string Queue => "Returns";

    public string OtherQueue => "Orders";

    public string Field => "order_number";

    public string Assignee => "aoife@tarn.example";

    public string NoTicket => "99999999";

    public override ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new ZammadSystem(options, http, time);

    public Task<int> CountAsync(string key) => Task.FromResult(_tickets.Values.Count(t => t.Attributes.GetValueOrDefault("supportbot_key") == key));

    public Task<SeenTicket> SeeAsync(string ticketId)
    {
        var ticket = Get(ticketId);
        return Task.FromResult(new SeenTicket(
            ticket.Title, ticket.Group, ticket.Owner == "-" ? null : ticket.Owner, ticket.Priority, ticket.Articles[0].Body, ticket.Tags, ticket.Attributes,
            [.. ticket.Articles[0].Files.Select(f => f.Seen)]));
    }

    public async Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files)
    {
        var stored = new List<StoredFile>();
        foreach (var file in files)
        {
            stored.Add(await StoreAsync(file) with { Id = NextId() });
        }

        Write(Get(ticketId), $"<div>{WebUtility.HtmlEncode(text).Replace("\n", "<br>\n", StringComparison.Ordinal)}</div>", "text/html", !isPublic, "Agent", "Aoife Agent via Tarn", stored);
    }

    public Task WriteAsCustomerAsync(string ticketId, string text)
    {
        Write(Get(ticketId), text, "text/plain", false, "Customer", "Ann <ann@example.com>", []);
        return Task.CompletedTask;
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase)
    {
        var ticket = Get(ticketId);
        ticket.State = phase switch { TicketPhase.Waiting => "pending close", TicketPhase.Open => "open", _ => "closed" };
        ticket.UpdatedAt = Now;
        return Task.CompletedTask;
    }

    public Task MergeAsync(string ticketId, string intoTicketId)
    {
        var (from, into) = (Get(ticketId), Get(intoTicketId));
        into.Articles.AddRange(from.Articles);
        from.Articles.Clear();
        Write(from, "merged", "text/plain", false, "Agent", "Aoife Agent", []);
        (from.State, from.MergedInto, into.UpdatedAt) = ("merged", into.Id, Now);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string ticketId)
    {
        _tickets.Remove(Get(ticketId).Id);
        return Task.CompletedTask;
    }

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at)
    {
        var body = Utf8($$"""{"ticket":{"id":{{ticketId}},"title":"It arrived broken"},"article":{"id":1} }""");
        var headers = new HeaderDictionary
        {
            ["X-Hub-Signature"] = $"sha1={Convert.ToHexStringLower(HMACSHA1.HashData(Utf8(secret), body))}",
            ["X-Zammad-Delivery"] = $"delivery-{ticketId}",
            ["X-Zammad-Trigger"] = "SupportBot",
        };
        return new WebhookRequest(headers, body, at);
    }

    private void Write(ZammadTicket ticket, string body, string contentType, bool isInternal, string sender, string from, List<StoredFile> files)
    {
        ticket.Articles.Add(new ZammadArticle(NextId(), ticket.Title, body, contentType, isInternal, sender, from, Now, files));
        ticket.UpdatedAt = Now;
    }

    private ZammadTicket Get(string id) => _tickets[long.Parse(id, CultureInfo.InvariantCulture)];
}
