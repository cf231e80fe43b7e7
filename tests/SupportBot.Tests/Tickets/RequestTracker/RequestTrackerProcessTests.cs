using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>RT as a program that tells us of changes, and that dies.</summary>
public sealed class RequestTrackerProcessTests : IAsyncLifetime
{
    private const string Secret = "the-secret-that-RT-signs-with";
    private const int Kills = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RequestTrackerServer.Missing is not null, RequestTrackerServer.Missing ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Its_scrip_tells_of_every_change_once_it_can_be_seen()
    {
        var calls = Channel.CreateUnbounded<WebhookRequest>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var listener = builder.Build();
        listener.Urls.Add("http://127.0.0.1:0");
        listener.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await calls.Writer.WriteAsync(new WebhookRequest(new HeaderDictionary(request.Headers.ToDictionary()), body.ToArray(), TimeProvider.System.GetUtcNow()));
        });
        await listener.StartAsync();
        await using var server = await RequestTrackerServer.StartNewAsync(new Uri(new Uri(listener.Urls.First()), "hook"), Secret);
        using var http = new HttpClient { BaseAddress = server.Address };
        var system = Connect(server, http);

        var ticket = await system.CreateAsync(Draft(), default);
        var message = new MessageDraft("message-1", "Hello?", true, new Requester("Ann", null), []);
        await system.AddMessageAsync(ticket.Id, message, default);
        var deliveries = new HashSet<string?>();
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var hint = system.ReadWebhook(await calls.Reader.ReadAsync(limit.Token)).ShouldBeOfType<WebhookReading.Hint>();
            hint.TicketId.ShouldBe(ticket.Id);
            deliveries.Add(hint.DeliveryId).ShouldBeTrue("each change is another delivery");
            if ((await system.ReadAsync(hint.TicketId, default)).Messages.Any(m => m.Reference == message.Reference))
            {
                break;
            }
        }
    }

    [Fact]
    public async Task A_listener_that_is_down_holds_nothing_up()
    {
        await using var server = await RequestTrackerServer.StartNewAsync(new Uri("http://127.0.0.1:9/hook"), Secret);
        using var http = new HttpClient { BaseAddress = server.Address };
        var ticket = await Connect(server, http).CreateAsync(Draft(), default);
        ticket.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_in_the_middle_of_creating_it_has_each_ticket_once_in_the_end()
    {
        await using var server = await RequestTrackerServer.StartNewAsync();
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = server.Address, Timeout = Limit };
        var system = Connect(server, http);
        var random = new Random(5);
        var drafts = new List<TicketDraft>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var batch = Enumerable.Range(0, 4).Select(_ => Draft()).ToList();
            drafts.AddRange(batch);
            var creating = batch.Select(d => TryAsync(system, d)).ToList();
            await Task.Delay(random.Next(50, 900));
            await server.KillAsync();
            await Task.WhenAll(creating);
            await server.StartAsync();
        }

        foreach (var draft in drafts)
        {
            _ = await system.FindByKeyAsync(draft.Key, default) ?? await system.CreateAsync(draft, default);
        }

        var keys = await RequestTrackerBackstage.KeysAsync(server);
        keys.Order().ShouldBe(drafts.Select(d => d.Key).Order());
    }

    private static async Task TryAsync(ITicketSystem system, TicketDraft draft)
    {
        try
        {
            await system.CreateAsync(draft, default);
        }
        catch (OutboxRefusal refusal)
        {
            refusal.Final.ShouldBeFalse(refusal.Message);
        }
    }

    private static ITicketSystem Connect(RequestTrackerServer server, HttpClient http)
    {
        var options = new TicketSystemOptions { Name = "support", Type = RequestTrackerSystem.Type, Url = server.Address, Token = server.Token("supportbot"), WebhookSecret = Secret };
        return new RequestTrackerSystem(options, new VendorHttp(http, options.Name, TimeProvider.System), TimeProvider.System);
    }

    private static TicketDraft Draft() => new()
    {
        Key = $"ticket-{Guid.NewGuid():N}",
        ConversationId = "conversation-1",
        Subject = "It arrived broken",
        Queue = "Returns",
        Priority = "normal",
        Requester = new Requester("Ann", $"ann-{Guid.NewGuid():N}@example.com"),
        Body = "The stove is bent.",
    };
}
