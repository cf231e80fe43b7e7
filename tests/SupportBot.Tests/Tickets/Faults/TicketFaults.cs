using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Conversations;
using SupportBot.Hosting;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Vendors;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Faults;

/// <summary>Exactly one effect, whatever happens between here and there.</summary>
public sealed class TicketFaults
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Five_hundred_creations_whose_first_answer_is_lost_make_five_hundred_tickets()
    {
        const int Count = 500;
        await using var zammad = new FakeZammad();
        await zammad.InitializeAsync();
        var lost = new ConcurrentDictionary<string, bool>();
        await using var line = await FaultProxy.StartAsync(zammad.Url, (method, path, body) => Task.FromResult(
            method == "POST" && IsCreate(path) && lost.TryAdd(KeyIn(body), true) ? Fate.LoseAnswer : Fate.Pass));
        await using var service = await Service.StartAsync(builder => builder.ToZammad(zammad, line));

        await OpenAsync(service, Count);

        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Tickets.CountAsync(t => t.Number != null) == Count, "all tickets", seconds: 180);
        lost.Count.ShouldBe(Count);
        for (var i = 0; i < Count; i++)
        {
            (await zammad.CountAsync($"case-{i}")).ShouldBe(1, $"case-{i}");
        }

        await using var db = await service.DatabaseAsync();
        (await db.Tickets.Select(t => t.RemoteId).Distinct().CountAsync()).ShouldBe(Count);
    }

    [Fact]
    public async Task A_system_that_is_down_for_ten_minutes_has_everything_a_minute_after()
    {
        const int Customers = 12;
        var clock = new ManualClock(Monday);
        var system = new FakeTicketSystem { Down = true };
        await using var service = await Service.StartAsync(builder => builder.Use(system).Services.AddSingleton<TimeProvider>(clock));
        for (var i = 0; i < Customers; i++)
        {
            var customer = await service.CustomerAsync();
            await customer.ComplainAsync();
            (await customer.AskAsync("How long do I have to return something?"))["entities"].ShouldNotBeNull();
            clock.Advance(TimeSpan.FromMinutes(10) / Customers);
        }

        system.Tickets.ShouldBeEmpty();
        system.Down = false;
        clock.Advance(TimeSpan.FromSeconds(60));

        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Outbox.AllAsync(o => !o.Open), "an empty backlog");
        system.Tickets.Count.ShouldBe(Customers);
        system.Tickets.Select(t => t.Draft.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task Two_services_on_one_database_racing_for_two_thousand_conversations_make_one_ticket_each()
    {
        const int Count = 2_000;
        var system = new FakeTicketSystem();
        var data = Directory.CreateTempSubdirectory("supportbot-test-").FullName;
        var first = await Service.StartAsync(builder => builder.Use(system), data);
        await using var second = await Service.StartAsync(builder => builder.Use(system), data);
        system.Down = true;
        await OpenAsync(first, Count);

        system.Down = false;
        var bells = new[] { first, second }.Select(s => s.Services.GetRequiredService<OutboxBell>()).ToList();
        await Eventually.HoldsAsync(
            async () =>
            {
                bells.ForEach(b => b.Ring());
                return !await (await first.DatabaseAsync()).Outbox.AnyAsync(o => o.Open);
            },
            "all tickets",
            seconds: 180);

        system.Tickets.Count.ShouldBe(Count);
        system.Tickets.Select(t => t.Draft.Key).ShouldBeUnique();
        await using var db = await first.DatabaseAsync();
        (await db.Activities.CountAsync(a => a.Json.Contains("Your ticket is"))).ShouldBe(Count, "each customer hears of it once");
        await first.StopAsync();
    }

    [Fact]
    public async Task Every_webhook_five_times_in_any_order_has_one_effect()
    {
        const int Messages = 12;
        var random = new Random(5);
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");
        for (var i = 0; i < Messages; i++)
        {
            system.AgentWrites("1", $"Message {i:00}.");
        }

        var calls = Enumerable.Range(0, Messages).SelectMany(i => Enumerable.Repeat($"delivery-{i}", 5)).ToArray();
        random.Shuffle(calls);
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (delivery, _) => (await service.HintAsync(system, "1", delivery)).ShouldBe(202));

        await customer.WaitForAsync($"Message {Messages - 1:00}.");
        (await customer.ReadAsync()).Select(a => (string?)a["text"]).Where(t => t?.StartsWith("Message", StringComparison.Ordinal) == true)
            .ShouldBe(Enumerable.Range(0, Messages).Select(i => $"Message {i:00}."));
        (await (await service.DatabaseAsync()).WebhookDeliveries.CountAsync()).ShouldBe(Messages);
    }

    /// <summary>The number of kills; <c>SUPPORTBOT_TEST_KILLS</c> asks for more.</summary>
    [Fact]
    public async Task A_kill_between_commit_and_delivery_loses_and_doubles_nothing()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SUPPORTBOT_TEST_KILLS"), out var asked) ? asked : 8;
        var data = Directory.CreateTempSubdirectory("supportbot-kill-").FullName;
        await Service.CopyWhatIsLearntAsync(new Folders(Service.SampleCompany, data).Cache);
        await using var zammad = new FakeZammad();
        await zammad.InitializeAsync();
        var random = new Random(50);
        ChildProgram? program = null;
        var armed = false;
        await using var line = await FaultProxy.StartAsync(zammad.Url, (method, path, _) =>
        {
            if (!Volatile.Read(ref armed) || method != "POST" || !IsCreate(path))
            {
                return Task.FromResult(Fate.Pass);
            }

            // Of the two moments at which a crash may fall: before the other side has heard of it, and after it has done it.
            Volatile.Write(ref armed, false);
            program!.Kill();
            return Task.FromResult(random.Next(2) == 0 ? Fate.CutBefore : Fate.LoseAnswer);
        });
        var customers = new List<(string Id, string Token)>();
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                program = await ChildProgram.StartAsync(data, Settings(zammad, line));
                using var http = new HttpClient { BaseAddress = program.BaseAddress };
                var customer = await Customer.StartAsync(http);
                customers.Add((customer.ConversationId, customer.Token));
                Volatile.Write(ref armed, true);
                await customer.ComplainAsync().ContinueWith(_ => { }, TaskScheduler.Default);
                await Eventually.HoldsAsync(() => Task.FromResult(!Volatile.Read(ref armed)), "the kill");
                program.Dispose();
            }

            using var last = program = await ChildProgram.StartAsync(data, Settings(zammad, line));
            using var reading = new HttpClient { BaseAddress = last.BaseAddress };
            foreach (var (id, token) in customers)
            {
                var customer = new Customer(reading, id, token);
                await customer.WaitForAsync("Your ticket is");
                (await customer.ReadAsync()).Count(a => ((string?)a["text"])?.Contains("Your ticket is") == true).ShouldBe(1);
            }

            zammad.TicketCount.ShouldBe(kills);
        }
        finally
        {
            program?.Dispose();
            Directory.Delete(data, recursive: true);
        }
    }

    private static bool IsCreate(string path) => path.Split('?')[0] == "/api/v1/tickets";

    private static string KeyIn(string body) => (string)JsonNode.Parse(body)!["supportbot_key"]!;

    /// <summary>Conversations that each have just opened a ticket.</summary>
    private static async Task OpenAsync(Service service, int count)
    {
        var (commits, desk) = (service.Services.GetRequiredService<Commits>(), service.Services.GetRequiredService<TicketDesk>());
        await Parallel.ForAsync(0, count, async (i, ct) => await commits.RunAsync($"conversation-{i}", async db =>
        {
            var conversation = new Conversation
            {
                Id = $"conversation-{i}",
                SiteId = "demo",
                Channel = ChannelIds.DirectLine,
                CustomerId = $"dl_{i}",
                CustomerName = "Ann",
                BaseUri = "http://localhost",
                StartedAt = Monday,
                LastAt = Monday,
            };
            db.Conversations.Add(conversation);
            await desk.OpenAsync(db, conversation, new TicketRequest { Key = $"case-{i}", Subject = $"Case {i}", Queue = "returns", Priority = "normal" }, Monday, ct);
            return true;
        }, ct));
        service.Services.GetRequiredService<OutboxBell>().Ring();
    }

    private static Dictionary<string, string> Settings(FakeZammad zammad, FaultProxy line) => new()
    {
        ["Tickets__Systems__0__Name"] = "zammad",
        ["Tickets__Systems__0__Type"] = ZammadSystem.Type,
        ["Tickets__Systems__0__Url"] = line.Url.ToString(),
        ["Tickets__Systems__0__Token"] = zammad.Options.Token!,
        ["Tickets__DefaultSystem"] = "embedded",
        ["Tickets__Routes__general__System"] = "zammad",
        ["Tickets__Routes__general__Queue"] = "General",
    };
}

internal static class FaultSteps
{
    public static void ToZammad(this WebApplicationBuilder builder, FakeZammad zammad, FaultProxy line)
    {
        var system = zammad.Options;
        system.Url = line.Url;
        builder.Services.AddSingleton(new TicketOptions
        {
            Systems = { system },
            DefaultSystem = EmbeddedSystem.SystemName,
            Routes = { ["returns"] = new TicketRouteOptions { System = system.Name, Queue = "Returns" } },
        });
    }
}
