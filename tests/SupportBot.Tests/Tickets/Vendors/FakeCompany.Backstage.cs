using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeCompany : ITicketBackstage
{
    private long _order;

    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string>();

    public override TicketSystemOptions Options => new() { Name = "company", Type = SignedWebhookSystem.Type, Url = Url, Token = Secret, WebhookSecret = "company-webhook-secret" };

    public string Queue => "Returns";

    public string OtherQueue => "Orders";

    public string Field => "order_number";

    public string Assignee => "Aoife Agent";

    public string NoTicket => "99999999";

    public override ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new SignedWebhookSystem(options, http, time);

    public Task<int> CountAsync(string key) => Task.FromResult(_tickets.Values.Count(t => t.Key == key));

    public Task<SeenTicket> SeeAsync(string ticketId)
    {
        var t = Get(ticketId);
        return Task.FromResult(new SeenTicket(t.Subject, t.Queue, t.Assignee, t.Priority, t.Body, t.Tags, t.Fields, [.. t.Files.Select(f => f.Seen)]));
    }

    public async Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files)
    {
        var stored = new List<StoredFile>();
        foreach (var file in files)
        {
            stored.Add(Keep(await StoreAsync(file) with { Id = NextId() }));
        }

        Say(Get(ticketId), text, isPublic, fromAgent: true, "Aoife Agent", null, stored);
    }

    public Task WriteAsCustomerAsync(string ticketId, string text)
    {
        Say(Get(ticketId), text, true, fromAgent: false, "Ann", null, []);
        return Task.CompletedTask;
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase)
    {
        Get(ticketId).Phase = phase.ToString().ToLowerInvariant();
        _changes.Add(Get(ticketId).Id);
        return Task.CompletedTask;
    }

    public Task MergeAsync(string ticketId, string intoTicketId)
    {
        (Get(ticketId).MergedInto, Get(ticketId).Phase) = (intoTicketId, "closed");
        _changes.AddRange([Get(ticketId).Id, Get(intoTicketId).Id]);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string ticketId)
    {
        Get(ticketId).Deleted = true;
        return Task.CompletedTask;
    }

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at) =>
        Signed($$"""{"delivery":"delivery-{{ticketId}}","order":7,"ticket":{"id":"{{ticketId}}","status":"open","phase":"open"} }""", secret, at);

    /// <summary>The call that tells how a ticket stands now.</summary>
    public WebhookRequest Tell(string ticketId) => Signed(
        $$"""{"delivery":"delivery-{{++_order}}","order":{{_order}},"ticket":{{StateOf(Get(ticketId))}} }""", Options.WebhookSecret!, Now);

    private static WebhookRequest Signed(string text, string secret, DateTimeOffset at)
    {
        var stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = Utf8(text);
        var headers = new HeaderDictionary
        {
            ["X-SupportBot-Timestamp"] = stamp,
            ["X-SupportBot-Signature"] = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Utf8(secret), Utf8($"{stamp}.{text}")))}",
        };
        return new WebhookRequest(headers, body, at);
    }

    private CompanyTicket Get(string id) => _tickets[long.Parse(id, CultureInfo.InvariantCulture)];
}
