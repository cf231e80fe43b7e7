using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>The whole service with a real Request Tracker behind it.</summary>
public sealed class RequestTrackerStory : IAsyncLifetime
{
    /// <summary>What a picture begins with, and a little more.</summary>
    private static readonly byte[] Photo = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    private readonly RequestTrackerBackstage _tracker = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RequestTrackerServer.Missing is not null, RequestTrackerServer.Missing ?? "");
        await _tracker.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_broken_item_becomes_a_ticket_with_everything_in_it_and_what_the_agent_answers_comes_back()
    {
        await using var service = await Service.StartAsync(builder => builder.ToRequestTracker(_tracker.Options));
        var customer = await service.CustomerAsync();
        await customer.AskAsync("My stove arrived broken");
        ((string)(await customer.AskAsync("TT-999999"))["text"]!).ShouldContain("I cannot find an order TT-999999");
        await customer.AskAsync("TT-519937");
        await customer.AskAsync("The burner of the camping stove is bent");
        await UploadAsync(service, customer, "stove.png");
        await customer.WaitForAsync("Which email address");
        await customer.AskAsync("ann@example.com");

        await customer.WaitForAsync("Your ticket is");
        var ours = await (await service.DatabaseAsync()).Tickets.SingleAsync();
        ours.Warning.ShouldBeNull();
        var seen = await _tracker.SeeAsync(ours.RemoteId!);
        seen.Queue.ShouldBe("Returns");
        seen.Fields["Order number"].ShouldBe("TT-519937");
        seen.Fields["Items"].ShouldContain("Camping stove");
        seen.Tags.ShouldContain("damaged");
        seen.Body.ShouldContain("The burner of the camping stove is bent");
        seen.Body.ShouldContain("/console/conversations/");
        var file = seen.Files.ShouldHaveSingleItem();
        file.Name.ShouldBe("stove.png");
        file.Content.ShouldBe(Photo);

        await _tracker.ReplyAsAgentAsync(ours.RemoteId!, "Check the stock first", isPublic: false);
        await _tracker.ReplyAsAgentAsync(ours.RemoteId!, "We send you a new stove tomorrow.", isPublic: true);
        await customer.WaitForAsync("We send you a new stove tomorrow.");
        await customer.SayAsync("Thank you, shall I send the old one back?");
        await Eventually.HoldsAsync(
            async () => (await ReadAsync(service, ours.RemoteId!)).Messages.Any(m => m.Text.Contains("send the old one back") && m.Reference is not null), "the customer's words in RT");
        await _tracker.SetPhaseAsync(ours.RemoteId!, TicketPhase.Solved);

        await customer.WaitForAsync("is marked as solved");
        var said = (await customer.ReadAsync()).Select(a => (string?)a["text"] ?? "").ToList();
        said.ShouldNotContain(t => t.Contains("Check the stock first"));
        said.Count(t => t.Contains("We send you a new stove")).ShouldBe(1);
        said.Count(t => t.Contains("shall I send the old one back")).ShouldBe(1);
    }

    /// <summary>The number of kills; <c>SUPPORTBOT_TEST_KILLS</c> asks for more.</summary>
    [Fact]
    public async Task An_RT_that_is_killed_again_and_again_has_each_ticket_once()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SUPPORTBOT_TEST_KILLS"), out var asked) ? asked : 4;
        await using var service = await Service.StartAsync(builder => builder.ToRequestTracker(_tracker.Options));
        var random = new Random(50);
        for (var kill = 0; kill < kills; kill++)
        {
            var customer = await service.CustomerAsync();
            await customer.ComplainAsync();
            await Task.Delay(random.Next(0, 600), TestContext.Current.CancellationToken);
            await _tracker.Server.KillAsync();
            await _tracker.Server.StartAsync();
        }

        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Tickets.CountAsync(t => t.Number != null) == kills, "all tickets", seconds: 120);
        await using var db = await service.DatabaseAsync();
        var keys = await db.Tickets.Select(t => t.Key).ToListAsync();
        (await RequestTrackerBackstage.KeysAsync(_tracker.Server)).Order().ShouldBe(keys.Order());
    }

    private static Task<TicketState> ReadAsync(Service service, string id) =>
        service.Services.GetRequiredService<TicketSystems>().Find("support")!.ReadAsync(id, CancellationToken.None);

    private static async Task UploadAsync(Service service, Customer customer, string name)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Photo);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{customer.ConversationId}/upload?userId=me") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", customer.Token);
        using var response = await service.Http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
