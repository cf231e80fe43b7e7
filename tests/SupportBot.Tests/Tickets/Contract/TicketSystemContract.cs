using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

/// <summary>
/// What every ticketing system has to do. A vendor's test class derives from it, brings its backstage along, and has all facts: creating here,
/// messages, changes, faults and webhooks in the other parts.
/// </summary>
public abstract partial class TicketSystemContract(ITicketBackstage backstage) : IAsyncLifetime
{
    /// <summary>Ends a call that the line leaves without an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<HttpClient> _clients = [];
    private FaultyLine _line = null!;
    private ITicketSystem _system = null!;

    protected ITicketBackstage Backstage { get; } = backstage;

    /// <summary>A key that no other test uses.</summary>
    protected static string NewKey() => $"ticket-{Guid.NewGuid():N}";

    public static TheoryData<string, string> HostileTexts => new()
    {
        { "quotes", "She said \"it's 5' 11\\\" tall\" -- `really`; DROP TABLE Tickets;" },
        { "html", "<script>alert(1)</script> <b>bold</b> &amp; &lt;i&gt; a < b > c" },
        { "emoji", "🧗🏽 👩‍👩‍👧‍👦 🏳️‍🌈 𝕋𝕙𝕖 e\u0301" },
        { "right to left", "שלום \u202bمرحبا\u202c, order TT-123456" },
        { "scripts", "你好,请问退货政策是什么 返品できますか ฉันต้องการคืนสินค้า Grüße" },
        { "lines", "one\ntwo\n\n  three\twith a tab\n> a quote\n-- \nbelow the line" },
        { "markup", "*bold* _under_ [x](javascript:alert(1)) {code} # head\n```\nfence\n```" },
        { "templates", "{{7*7}} ${jndi:ldap://127.0.0.1/a} <%= 1 %> __Subject__ {$Ticket->Subject}" },
    };

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Backstage.Missing is not null, Backstage.Missing ?? "");
        (_system, _line) = Connect(Backstage.Options);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_describes_what_can_be_chosen()
    {
        var catalog = await _system.DescribeAsync(default);
        catalog.Queues.ShouldContain(Backstage.Queue);
        catalog.Queues.ShouldContain(Backstage.OtherQueue);
        (catalog.Assignees ?? [Backstage.Assignee]).ShouldContain(Backstage.Assignee);
        if (!Backstage.Lacks.ContainsKey(Ability.CustomFields))
        {
            catalog.Fields.ShouldContain(Backstage.Field);
        }
    }

    [Fact]
    public async Task A_ticket_arrives_with_everything_in_it()
    {
        var draft = Draft() with { Assignee = Backstage.Assignee, Files = [File("photo.png", "image/png", Bytes(5_000))] };
        var ticket = await _system.CreateAsync(draft, default);
        ticket.Warnings.ShouldBeEmpty();
        ticket.Number.ShouldNotBeEmpty();

        var seen = await Backstage.SeeAsync(ticket.Id);
        seen.Subject.ShouldBe(draft.Subject);
        seen.Queue.ShouldBe(draft.Queue);
        seen.Assignee.ShouldBe(draft.Assignee);
        Plain(seen.Body).ShouldBe(draft.Body);
        var file = seen.Files.ShouldHaveSingleItem();
        file.Name.ShouldBe("photo.png");
        file.Content.ShouldBe(Bytes(5_000));

        var state = await _system.ReadAsync(ticket.Id, default);
        state.Id.ShouldBe(ticket.Id);
        state.Queue.ShouldBe(draft.Queue);
        state.Phase.ShouldBe(TicketPhase.Open);
        state.Status.ShouldBe(ticket.Status);
        state.Assignee.ShouldBe(draft.Assignee);
        state.MergedInto.ShouldBeNull();
        state.Deleted.ShouldBeFalse();
        state.Messages.ShouldBeEmpty("the text that a ticket was created with is no message");
    }

    [Fact]
    public async Task A_ticket_is_found_by_its_key_at_once_and_no_other_is()
    {
        var ticket = await CreateAsync();
        var draft = Draft();
        (await _system.FindByKeyAsync(draft.Key, default)).ShouldBeNull();
        var created = await _system.CreateAsync(draft, default);
        var found = await _system.FindByKeyAsync(draft.Key, default);
        found.ShouldNotBeNull();
        found.Id.ShouldBe(created.Id);
        found.Number.ShouldBe(created.Number);
        found.Url.ShouldBe(created.Url);
        found.Id.ShouldNotBe(ticket.Id);
    }

    [Theory]
    [InlineData("ticket-with'quote")]
    [InlineData("ticket-with\"double\" and \\ back")]
    [InlineData("ticket-with-%-and-_")]
    public async Task A_key_is_text_and_nothing_else(string start)
    {
        var draft = Draft() with { Key = $"{start}-{Guid.NewGuid():N}" };
        var created = await _system.CreateAsync(draft, default);
        (await _system.FindByKeyAsync(draft.Key, default))?.Id.ShouldBe(created.Id);
        (await _system.FindByKeyAsync(draft.Key[..^3], default)).ShouldBeNull("a part of a key is another key");
        (await _system.FindByKeyAsync($"{start}-%", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_refused_for_good_naming_those_that_are()
    {
        var draft = Draft() with { Queue = "No such queue" };
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _system.CreateAsync(draft, default));
        refusal.Final.ShouldBeTrue();
        refusal.Message.ShouldContain("No such queue");
        refusal.Message.ShouldContain(Backstage.Queue);
        refusal.Message.ShouldContain(Backstage.OtherQueue);
        (await Backstage.CountAsync(draft.Key)).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_system_does_not_take_is_told()
    {
        Need(Ability.CustomFields);
        var draft = Draft() with { CustomFields = new Dictionary<string, string> { [Backstage.Field] = "TT-123456", ["NoSuchField"] = "x" } };
        var ticket = await _system.CreateAsync(draft, default);
        ticket.Warnings.ShouldHaveSingleItem().ShouldContain("NoSuchField");
        (await Backstage.SeeAsync(ticket.Id)).Fields[Backstage.Field].ShouldBe("TT-123456");
    }

    [Fact]
    public async Task An_assignee_who_is_not_there_costs_a_warning_and_no_ticket()
    {
        var ticket = await _system.CreateAsync(Draft() with { Assignee = "nobody-of-that-name" }, default);
        ticket.Warnings.ShouldHaveSingleItem().ShouldContain("nobody-of-that-name");
        (await Backstage.SeeAsync(ticket.Id)).Assignee.ShouldBeNull();
    }

    [Fact]
    public async Task Tags_arrive()
    {
        Need(Ability.Tags);
        var ticket = await _system.CreateAsync(Draft() with { Tags = ["damaged", "supportbot"] }, default);
        ticket.Warnings.ShouldBeEmpty();
        (await Backstage.SeeAsync(ticket.Id)).Tags.ShouldBe(["damaged", "supportbot"], ignoreOrder: true);
    }

    [Fact]
    public async Task Priorities_are_told_apart()
    {
        Need(Ability.Priorities);
        var priorities = new List<string>();
        foreach (var priority in new[] { "low", "normal", "urgent" })
        {
            var ticket = await _system.CreateAsync(Draft() with { Priority = priority }, default);
            ticket.Warnings.ShouldBeEmpty();
            priorities.Add((await Backstage.SeeAsync(ticket.Id)).Priority);
        }

        priorities.Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    public async Task A_long_subject_arrives_whole_or_cut_with_a_warning(int length)
    {
        var draft = Draft() with { Subject = string.Concat(Enumerable.Repeat("Grüße 🧗 ", length))[..length] };
        var ticket = await _system.CreateAsync(draft, default);
        var seen = (await Backstage.SeeAsync(ticket.Id)).Subject;
        (seen == draft.Subject.Trim() || ticket.Warnings.Count > 0).ShouldBeTrue(seen);
        seen.ShouldStartWith("Grüße 🧗 Grüße");
        seen.ShouldNotContain('\ufffd');
    }

    [Fact]
    public async Task A_customer_without_an_address_has_a_ticket_too()
    {
        var ticket = await _system.CreateAsync(Draft() with { Requester = new Requester("O'Brien, <Ann>", null) }, default);
        (await _system.ReadAsync(ticket.Id, default)).Deleted.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_text_arrives_as_it_was_written(string kind, string text)
    {
        var subject = $"About {kind}: {text.ReplaceLineEndings(" ").Replace('\t', ' ')}";
        var ticket = await _system.CreateAsync(Draft() with { Subject = subject, Body = text }, default);
        var seen = await Backstage.SeeAsync(ticket.Id);
        Plain(seen.Body).ShouldBe(Plain(text));
        seen.Subject.ShouldBe(subject);
    }

    protected void Need(Ability ability) => Assert.SkipWhen(Backstage.Lacks.ContainsKey(ability), Backstage.Lacks.GetValueOrDefault(ability, ""));

    protected (ITicketSystem System, FaultyLine Line) Connect(TicketSystemOptions options, TimeSpan? patience = null)
    {
        var line = new FaultyLine();
        var client = new HttpClient(line) { BaseAddress = options.NeedUrl(), Timeout = patience ?? Patience };
        _clients.Add(client);
        return (Backstage.Connect(options, new VendorHttp(client, options.Name, TimeProvider.System), TimeProvider.System), line);
    }

    protected TicketDraft Draft() => new()
    {
        Key = NewKey(),
        ConversationId = "conversation-1",
        Subject = "It arrived broken",
        Queue = Backstage.Queue,
        Priority = "normal",
        Requester = new Requester("Ann Ó Briain", $"ann-{Guid.NewGuid():N}@example.com"),
        Body = "Summary: the stove is bent.\n\nAnn: It arrived broken\nPip: Could you send a photo?",
    };

    protected async Task<RemoteTicket> CreateAsync() => await _system.CreateAsync(Draft(), default);

    protected static MessageDraft Message(string text, bool isPublic = true, params TicketFile[] files) =>
        new($"message-{Guid.NewGuid():N}", text, isPublic, new Requester("Ann", "ann@example.com"), files);

    protected static TicketFile File(string name, string contentType, byte[] content) =>
        new(name, contentType, content.Length, _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));

    /// <summary>Every value of a byte, again and again.</summary>
    protected static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    /// <summary>What systems may do to a text: other line ends, no blank at the end.</summary>
    protected static string Plain(string text) => text.ReplaceLineEndings("\n").TrimEnd();
}
