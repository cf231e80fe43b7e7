using System.Collections.Concurrent;
using System.Text;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>By itself, because it looks at the memory of the process.</summary>
[CollectionDefinition(nameof(DamagedRequestTests), DisableParallelization = true)]
[Collection(nameof(DamagedRequestTests))]
public class DamagedRequestTests
{
    private const int Requests = 100_000;
    private const int Connections = 8;
    private const int RequestsInAConversation = 1_000;
    private const int MaxGrowth = 64 * 1024 * 1024;

    /// <summary>
    /// Good requests to every address, damaged in one to three places: each is answered or hung up on in time, none with
    /// a fault of the server, and in the end the server is as it was before.
    /// </summary>
    [Fact]
    public async Task A_hundred_thousand_damaged_requests_leave_the_server_well()
    {
        await using var server = await DirectLineServer.StartAsync(options =>
        {
            options.LimitRate = false;
            options.MaxActivityBytes = 8 * 1024;
            options.MaxUploadBytes = 8 * 1024;
        });
        var statuses = new ConcurrentDictionary<int, int>();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed => Task.Run(() => SendAsync(server, seed, statuses))));

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        statuses.Values.Sum().ShouldBe(Requests);
        TestContext.Current.SendDiagnosticMessage(
            "Grown by {0:N0} bytes. {1}", grown, string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        grown.ShouldBeLessThan(MaxGrowth);
        statuses.Keys.ShouldContain(200);
        statuses.Keys.ShouldContain(413);
        statuses.Keys.ShouldContain(415);
        await ShouldBeWellAsync(server);
    }

    private static async Task SendAsync(DirectLineServer server, int seed, ConcurrentDictionary<int, int> statuses)
    {
        var random = new Random(seed);
        using var connection = new RawConnection(server.Address);
        for (var sent = 0; sent < Requests / Connections;)
        {
            var seeds = await RequestSeeds.CreateAsync(server);
            for (var i = 0; i < RequestsInAConversation && sent < Requests / Connections; i++, sent++)
            {
                var draft = seeds.Next(random.Next(seeds.Count));
                for (var hits = random.Next(1, 4); hits > 0; hits--)
                {
                    draft.Damage(random);
                }

                var request = draft.ToBytes();
                var status = await ExchangeAsync(connection, draft, request);
                // 505 is Kestrel's own for a request line that names another version.
                (status is null or < 500 or 505).ShouldBeTrue($"{status} to {Encoding.Latin1.GetString(request)}");
                statuses.AddOrUpdate(status ?? 0, 1, static (_, count) => count + 1);
            }

            await server.Memory.RemoveAsync(seeds.ConversationId);
        }
    }

    private static async Task<int?> ExchangeAsync(RawConnection connection, RequestDraft draft, byte[] request)
    {
        try
        {
            return await connection.ExchangeAsync(request, draft.MayWait, draft.IsHead);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException("No answer to " + Encoding.Latin1.GetString(request), exception);
        }
    }

    private static async Task ShouldBeWellAsync(DirectLineServer server)
    {
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        (await client.SayAsync("still there?")).EnsureSuccessStatusCode();
        (await stream.ActivitySetAsync()).Texts().ShouldBe(["still there?"]);
    }
}
