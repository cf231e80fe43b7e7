using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tests.Running;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;
using HandoffState = SupportBot.Handoff.HandoffState;

namespace SupportBot.Tests.Storage;

/// <summary>What the rooms rely on, on each provider with its own migrations.</summary>
public abstract class StorageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, 123, TimeSpan.Zero);

    private ServiceProvider _services = null!;

    protected abstract StorageOptions Options { get; }

    protected abstract string DatabaseFile { get; }

    private Commits Commits => _services.GetRequiredService<Commits>();

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddStorage(Options, DatabaseFile).BuildServiceProvider();
        await using var db = await DbAsync();
        await db.Database.EnsureDeletedAsync();
        await StorageSetup.MigrateAsync(_services, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var db = await DbAsync())
        {
            await db.Database.EnsureDeletedAsync();
        }

        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_migrations_make_what_the_model_says()
    {
        await using var db = await DbAsync();

        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_written_is_read_again_to_the_letter()
    {
        const string text = "Grüße, 你好, 🧗 and a ' quote; \u202e reversed";
        await Commits.RunAsync("c1", db =>
        {
            var conversation = NewConversation("c1");
            db.Conversations.Add(conversation);
            db.Activities.Add(conversation.Append(Activity.Message(text), Author.Customer, Now, pending: true, clientId: "k1"));
            conversation.Clock.CustomerWrote(Now);
            return Task.FromResult(true);
        }, CancellationToken.None);

        await using var read = await DbAsync();
        var stored = await read.Conversations.SingleAsync();
        stored.LastText.ShouldBe(text);
        stored.LastAt.ShouldBe(Now);
        stored.Clock.UnansweredSince.ShouldBe(Now);
        stored.LastSequence.ShouldBe(1);
        ActivityJson.Parse((await read.Activities.SingleAsync(a => a.Pending && a.At <= Now)).Json).Text.ShouldBe(text);
    }

    [Fact]
    public async Task Writers_at_the_same_time_number_without_gaps_and_lose_nothing()
    {
        await AddAsync("c1");

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Commits.RunAsync("c1", async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == "c1");
            db.Activities.Add(conversation.Append(Activity.Message($"{i}"), Author.Customer, Now, clientId: $"{i}"));
            return true;
        }, CancellationToken.None)));

        await using var read = await DbAsync();
        (await read.Activities.OrderBy(a => a.Sequence).Select(a => a.Sequence).ToListAsync()).ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
    }

    [Fact]
    public async Task Two_replicas_that_change_a_conversation_at_once_do_not_overwrite_each_other()
    {
        await AddAsync("c1");
        var contexts = _services.GetRequiredService<IDbContextFactory<SupportBotDb>>();
        var (first, replica) = (new StripedCommits(contexts), new StripedCommits(contexts));
        var attempts = 0;

        await first.RunAsync("c1", async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == "c1");
            if (++attempts == 1)
            {
                await replica.RunAsync("c1", async other =>
                {
                    var same = await other.Conversations.SingleAsync(c => c.Id == "c1");
                    other.Activities.Add(same.Append(Activity.Message("replica"), Author.Agent, Now));
                    return true;
                }, CancellationToken.None);
            }

            db.Activities.Add(conversation.Append(Activity.Message("ours"), Author.Bot, Now));
            return true;
        }, CancellationToken.None);

        attempts.ShouldBe(2);
        await using var read = await DbAsync();
        (await read.Activities.OrderBy(a => a.Sequence).Select(a => a.Author).ToListAsync()).ShouldBe([Author.Agent, Author.Bot]);
    }

    [Fact]
    public async Task A_second_activity_with_the_same_client_id_is_refused_and_none_at_all_is_fine()
    {
        await AddAsync("c1");
        await AppendAsync("a", clientId: null);
        await AppendAsync("b", clientId: null);
        await AppendAsync("c", clientId: "same");

        await Should.ThrowAsync<DbUpdateException>(() => AppendAsync("d", clientId: "same"));
    }

    [Fact]
    public async Task Handoffs_tickets_outbox_and_timings_are_found_as_the_rooms_look_for_them()
    {
        await AddAsync("c1");
        await Commits.RunAsync("c1", async db =>
        {
            var conversation = await db.Conversations.SingleAsync();
            var handoff = new HandoffRecord { Id = Guid.CreateVersion7(), ConversationId = "c1", ReasonCode = "LowConfidence", Evidence = new string('e', 9000), Queue = "general", Priority = "normal", CreatedAt = Now };
            db.Handoffs.Add(handoff);
            conversation.HandoffId = handoff.Id;
            db.Timings.Add(new Timing { ConversationId = "c1", Metric = Metric.TimeToHuman, StartedAt = Now, EndedAt = Now.AddSeconds(5), WallMs = 5000, BusinessMs = 4000 });
            db.Tickets.Add(new Ticket { Id = Guid.CreateVersion7(), ConversationId = "c1", Key = "key-1", System = "embedded", RemoteId = "7", Subject = "Subject", Queue = "orders", RemoteQueue = "Orders", Priority = "high", Fields = "{}", CreatedAt = Now });
            db.Outbox.Add(new OutboxRow { Kind = TicketDelivery.RowKind, Key = "key-1", ConversationId = "c1", Target = "embedded", Payload = new string('p', 9000), CreatedAt = Now, DueAt = Now });
            return true;
        }, CancellationToken.None);

        await using var read = await DbAsync();
        (await read.Handoffs.CountAsync(h => h.State == HandoffState.Waiting)).ShouldBe(1);
        (await read.Timings.SingleAsync(t => t.Metric == Metric.TimeToHuman && t.EndedAt >= Now && t.EndedAt <= Now.AddMinutes(1))).WallMs.ShouldBe(5000);
        string[] resting = ["other"];
        (await read.Tickets.SingleAsync(t => t.System == "embedded" && t.RemoteId == "7")).Phase.ShouldBe(TicketPhase.Open);
        (await read.Outbox.Where(o => o.Open && o.DueAt <= Now && (o.Target == null || !resting.Contains(o.Target))).OrderBy(o => o.DueAt).ThenBy(o => o.Id).SingleAsync()).Key.ShouldBe("key-1");
        var due = (await read.Outbox.AsNoTracking().SingleAsync()).DueAt;
        (await read.Outbox.Where(o => o.DueAt == due).ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, Now.AddSeconds(60)))).ShouldBe(1);
        (await read.Outbox.Where(o => o.DueAt == due).ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, Now))).ShouldBe(0);
    }

    [Fact]
    public async Task One_key_never_makes_two_tickets()
    {
        var company = new CurrentCompany();
        company.Set(CompanyFactsReader.Read(new CompanyFile("company.yaml", await File.ReadAllTextAsync(Path.Combine(Service.SampleCompany, "company.yaml"))), new FileProblems())!);
        var tickets = new EmbeddedSystem(_services.GetRequiredService<IDbContextFactory<SupportBotDb>>(), Commits, company, TimeProvider.System);
        var draft = new TicketDraft { Key = "key", ConversationId = "c1", Subject = "Subject", Queue = "Orders and delivery", Priority = "high", Requester = new Requester("Ann", null), Body = "customer: hello" };
        var created = await tickets.CreateAsync(draft, CancellationToken.None);

        await Should.ThrowAsync<DbUpdateException>(() => tickets.CreateAsync(draft, CancellationToken.None));

        (await tickets.FindByKeyAsync("key", CancellationToken.None))!.Id.ShouldBe(created.Id);
        (await tickets.FindByKeyAsync("other", CancellationToken.None)).ShouldBeNull();
    }

    private static Conversation NewConversation(string id) => new()
    {
        Id = id,
        SiteId = "demo",
        Channel = ChannelIds.DirectLine,
        CustomerId = "dl_1",
        CustomerName = "Ann",
        BaseUri = "http://localhost",
        StartedAt = Now,
        LastAt = Now,
    };

    private Task AddAsync(string id) => Commits.RunAsync(id, db =>
    {
        db.Conversations.Add(NewConversation(id));
        return Task.FromResult(true);
    }, CancellationToken.None);

    private Task AppendAsync(string text, string? clientId) => Commits.RunAsync("c1", async db =>
    {
        var conversation = await db.Conversations.SingleAsync(c => c.Id == "c1");
        db.Activities.Add(conversation.Append(Activity.Message(text), Author.Customer, Now, clientId: clientId));
        return true;
    }, CancellationToken.None);

    private Task<SupportBotDb> DbAsync() => _services.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContextAsync();
}

public sealed class SqliteStorageTests : StorageTests
{
    protected override StorageOptions Options { get; } = new();

    protected override string DatabaseFile { get; } = Path.Combine(Path.GetTempPath(), $"supportbot-storage-{Guid.NewGuid():N}.db");
}

/// <summary>Runs where <c>SUPPORTBOT_TEST_SQLSERVER</c> holds the connection string of a server; each test makes and drops a database of its own.</summary>
public sealed class SqlServerStorageTests : StorageTests, IAsyncLifetime
{
    private const string Variable = "SUPPORTBOT_TEST_SQLSERVER";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);

    protected override StorageOptions Options { get; } = new()
    {
        Provider = StorageProvider.SqlServer,
        ConnectionString = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(Server ?? "") { InitialCatalog = $"supportbot_{Guid.NewGuid():N}" }.ConnectionString,
    };

    protected override string DatabaseFile => "";

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Assert.SkipWhen(string.IsNullOrWhiteSpace(Server), $"{Variable} holds no connection string.");
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (!string.IsNullOrWhiteSpace(Server))
        {
            await DisposeAsync();
        }
    }
}
