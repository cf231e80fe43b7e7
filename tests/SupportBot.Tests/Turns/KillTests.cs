using System.Text.Json.Nodes;
using SupportBot.Hosting;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>The real program as a process of its own, killed without warning.</summary>
public sealed class KillTests
{
    private const int Kills = 25;

    private static readonly string[] Questions =
    [
        "How long do I have to return something?",
        "Do you deliver to Norway?",
        "Which payment methods do you take?",
        "How do I wash a down jacket?",
        "I want to make a formal complaint about your service",
        "The driver threw my parcel over the fence",
        "TT-123456",
        "ann@example.com",
        "How long is a gift card valid?",
    ];

    [Fact]
    public async Task A_kill_at_any_moment_loses_no_acknowledged_message_and_repeats_no_reply()
    {
        var data = Directory.CreateTempSubdirectory("supportbot-kill-").FullName;
        await Service.CopyWhatIsLearntAsync(new Folders(Service.SampleCompany, data).Cache);
        var random = new Random(25);
        var customers = new List<Talker>();
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                using var program = await ChildProgram.StartAsync(data);
                customers.Add(await Talker.StartAsync(program.BaseAddress));
                using var stop = new CancellationTokenSource();
                var talking = customers.TakeLast(3).Select(c => c.TalkAsync(program.BaseAddress, Questions, stop.Token)).ToList();
                await Task.Delay(random.Next(0, 250));
                program.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(talking);
            }

            using var last = await ChildProgram.StartAsync(data);
            foreach (var customer in customers)
            {
                await customer.CheckAsync(last.BaseAddress);
            }

            customers.Sum(c => c.Acknowledged.Count).ShouldBeGreaterThan(Kills, "the test must have said enough to mean something");
            last.Kill();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Says things until the program dies, and remembers what was acknowledged.</summary>
    private sealed class Talker(string conversationId, string token)
    {
        private int _next;

        public List<string> Acknowledged { get; } = [];

        public static async Task<Talker> StartAsync(Uri service)
        {
            using var http = new HttpClient { BaseAddress = service };
            var customer = await Customer.StartAsync(http);
            return new Talker(customer.ConversationId, customer.Token);
        }

        public async Task TalkAsync(Uri service, string[] questions, CancellationToken ct)
        {
            using var http = new HttpClient { BaseAddress = service };
            var customer = new Customer(http, conversationId, token);
            try
            {
                while (!ct.IsCancellationRequested)
                {
                    Acknowledged.Add(await customer.SayAsync(questions[_next % questions.Length], $"client-{_next}"));
                    _next++;
                }
            }
            catch (HttpRequestException)
            {
                // Killed. The same client id is sent again after the restart, as a client does.
            }
        }

        public async Task CheckAsync(Uri service)
        {
            using var http = new HttpClient { BaseAddress = service };
            var customer = new Customer(http, conversationId, token);
            IReadOnlyList<JsonObject> log = [];
            await Eventually.HoldsAsync(
                async () =>
                {
                    log = await customer.ReadAsync();
                    var last = log.LastOrDefault(a => (string?)a["from"]!["role"] == "user");
                    return last is null || Handed(log) || log.Any(a => (string?)a["replyToId"] == (string)last["id"]!);
                },
                "the last message to be handled");

            var ids = log.Select(a => (string)a["id"]!).ToList();
            ids.ShouldBeUnique();
            Acknowledged.ShouldBeSubsetOf(ids);
            log.Select(a => (long)a["channelData"]!["webchat:sequence-id"]!).ShouldBe(Enumerable.Range(1, log.Count).Select(i => (long)i));
            log.Select(a => (string?)a["channelData"]!["clientActivityID"]).OfType<string>().ShouldBeUnique();
            var replies = log.Select(a => (string?)a["replyToId"]).OfType<string>().ToList();
            replies.ShouldBeUnique();
            if (!Handed(log))
            {
                log.Where(a => (string?)a["from"]!["role"] == "user").Select(a => (string)a["id"]!).ShouldBe(replies);
            }

            // One ticket number a complaint, however often it died on the way.
            log.Select(a => (string?)a["text"]).OfType<string>().Where(t => t.StartsWith("Your ticket is", StringComparison.Ordinal)).ShouldBeUnique();
        }

        private static bool Handed(IReadOnlyList<JsonObject> log) => log.Any(a => ((string?)a["text"])?.Contains("colleague", StringComparison.Ordinal) == true);
    }
}
