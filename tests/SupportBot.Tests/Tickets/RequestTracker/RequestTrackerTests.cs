using System.Text.Json;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>What is particular about RT: it says yes to what it did not do, and hides what it merged.</summary>
public sealed class RequestTrackerTests(RequestTrackerBackstage backstage) : IClassFixture<RequestTrackerBackstage>, IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private ITicketSystem _system = null!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(backstage.Missing is not null, backstage.Missing ?? "");
        _http.BaseAddress = backstage.Server.Address;
        _system = With();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_subject_is_cut_at_200_characters_and_that_is_told()
    {
        var ticket = await _system.CreateAsync(Draft() with { Subject = new string('a', 201) }, default);
        ticket.Warnings.ShouldHaveSingleItem().ShouldContain("200");
        ticket.Url.ShouldBe($"{backstage.Server.Address}Ticket/Display.html?id={ticket.Id}");
    }

    [Fact]
    public async Task A_status_that_the_life_cycle_does_not_have_is_refused_with_what_RT_says_of_it()
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => With(("Solved", "done")).UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Solved), default));
        refusal.Final.ShouldBeTrue();
        refusal.Message.ShouldContain("isn't a valid status");
    }

    [Fact]
    public async Task A_queue_without_the_key_field_is_refused_before_anything_is_created()
    {
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => With(("KeyField", "NoSuchField")).CreateAsync(Draft(), default));
        refusal.Final.ShouldBeTrue();
        refusal.Message.ShouldContain("NoSuchField");
    }

    [Theory]
    [InlineData("rejected", TicketPhase.Closed)]
    [InlineData("stalled", TicketPhase.Waiting)]
    [InlineData("open", TicketPhase.Solved)]
    public async Task A_company_may_say_what_its_statuses_mean(string status, TicketPhase phase)
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        await backstage.AgentAsync(HttpMethod.Put, $"ticket/{ticket.Id}", new { Status = status });
        var system = phase == TicketPhase.Solved ? With(("Solved", "resolved, open"), ("Open", "new")) : _system;
        (await system.ReadAsync(ticket.Id, default)).Phase.ShouldBe(phase);
    }

    [Fact]
    public async Task A_ticket_is_closed_by_solving_it()
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Closed), default);
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Closed), default);
        (await _system.ReadAsync(ticket.Id, default)).Status.ShouldBe("resolved");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    public async Task Perl_takes_these_for_no_text_and_they_arrive(string text)
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        var message = Message(text, new TicketFile("a.txt", "text/plain", 1, _ => Task.FromResult<Stream>(new MemoryStream([65]))));
        await _system.AddMessageAsync(ticket.Id, message, default);
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.ShouldHaveSingleItem();
        read.Reference.ShouldBe(message.Reference);
        read.Text.TrimEnd().ShouldBe(text);
        read.Files.ShouldHaveSingleItem().Name.ShouldBe("a.txt");
    }

    [Fact]
    public async Task An_empty_file_is_left_out_with_a_warning()
    {
        var empty = new TicketFile("empty.txt", "text/plain", 0, _ => Task.FromResult(Stream.Null));
        var ticket = await _system.CreateAsync(Draft() with { Files = [empty] }, default);
        ticket.Warnings.ShouldHaveSingleItem().ShouldContain("empty.txt");
    }

    [Theory]
    [InlineData("message/rfc822")]
    [InlineData("multipart/mixed")]
    [InlineData("no type at all")]
    public async Task A_file_that_RT_would_unpack_stays_a_file(string contentType)
    {
        var content = "Subject: x\n\nbody\n"u8.ToArray();
        var ticket = await _system.CreateAsync(Draft() with { Files = [new TicketFile("mail.eml", contentType, content.Length, _ => Task.FromResult<Stream>(new MemoryStream(content)))] }, default);
        (await backstage.SeeAsync(ticket.Id)).Files.ShouldHaveSingleItem().Content.ShouldBe(content);
    }

    [Fact]
    public async Task An_answer_in_HTML_becomes_plain_text()
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        const string Html = "<html><head><style>p{}</style></head><body><p>Hello\n  Ann,<br>it&#39;s &lt;done&gt; &amp; <b>free</b>.</p><script>alert(1)</script><ul><li>one</li><li>two</li></ul></body></html>";
        await backstage.AgentAsync(HttpMethod.Post, $"ticket/{ticket.Id}/correspond", new { Content = Html, ContentType = "text/html" });
        (await _system.ReadAsync(ticket.Id, default)).Messages.ShouldHaveSingleItem().Text.ShouldBe("Hello Ann,\nit's <done> & free.\n\n- one\n- two");
    }

    [Fact]
    public async Task A_reply_to_a_deleted_ticket_would_bring_it_back_and_is_not_sent()
    {
        var ticket = await _system.CreateAsync(Draft(), default);
        await backstage.DeleteAsync(ticket.Id);
        await Should.ThrowAsync<OutboxRefusal>(() => _system.AddMessageAsync(ticket.Id, Message("Hello?"), default));
        await Should.ThrowAsync<OutboxRefusal>(() => _system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Open), default));
        (await backstage.AgentAsync(HttpMethod.Get, $"ticket/{ticket.Id}")).GetProperty("Status").GetString().ShouldBe("deleted");
    }

    [Fact]
    public async Task What_was_said_on_a_merged_ticket_is_read_where_it_went()
    {
        var (first, second) = (await _system.CreateAsync(Draft(), default), await _system.CreateAsync(Draft(), default));
        var (before, after) = (Message("Before."), Message("After."));
        await _system.AddMessageAsync(first.Id, before, default);
        await backstage.MergeAsync(first.Id, second.Id);
        await _system.AddMessageAsync(first.Id, after, default);
        (await _system.ReadAsync(second.Id, default)).Messages.Select(m => m.Reference).ShouldBe([before.Reference, after.Reference]);
        (await _system.ReadAsync(first.Id, default)).Messages.ShouldBeEmpty("they would be taken for new ones of another ticket");
    }

    [Fact]
    public async Task Tickets_that_were_created_side_by_side_for_one_key_become_one()
    {
        var draft = Draft();
        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => With().CreateAsync(draft, default)));
        var open = made.Select(m => m.Id).Distinct().ToList();
        var found = (await _system.FindByKeyAsync(draft.Key, default)).ShouldNotBeNull();
        foreach (var id in open)
        {
            var state = await _system.ReadAsync(id, default);
            (state.MergedInto ?? state.Id).ShouldBe(found.Id);
        }
    }

    [Fact]
    public async Task Tickets_of_queues_that_our_user_may_not_see_neither_show_nor_stop_the_cursor()
    {
        var name = $"Secret-{Guid.NewGuid():N}";
        await backstage.RootAsync(HttpMethod.Post, "queue", new { Name = name });
        var hidden = (await backstage.RootAsync(HttpMethod.Post, "ticket", new { Queue = name, Subject = "hidden" })).GetProperty("id").GetString()!;
        var cursor = (await _system.ChangedAsync(null, default)).Cursor;
        var changed = 0;
        for (var i = 1; changed <= 110; i++)
        {
            var said = await backstage.RootAsync(
                HttpMethod.Put, $"ticket/{hidden}", new { Subject = $"hidden {i}", Priority = i, InitialPriority = i, FinalPriority = i, TimeWorked = i, TimeLeft = i, TimeEstimated = i });
            changed += said.GetArrayLength();
        }

        var ticket = await _system.CreateAsync(Draft(), default);
        var ids = new List<string>();
        ChangedTickets page;
        do
        {
            page = await _system.ChangedAsync(cursor, default);
            ids.AddRange(page.Ids);
            cursor = page.Cursor;
        }
        while (page.More);
        ids.ShouldContain(ticket.Id);
        ids.ShouldNotContain(hidden);
        (await _system.DescribeAsync(default)).Queues.ShouldNotContain(name);
        (await Should.ThrowAsync<OutboxRefusal>(() => _system.ReadAsync(hidden, default))).Final.ShouldBeTrue();
    }

    [Fact]
    public async Task Several_tickets_changed_more_often_than_a_page_holds()
    {
        var tickets = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tickets.Add((await _system.CreateAsync(Draft(), default)).Id);
        }

        var cursor = (await _system.ChangedAsync(null, default)).Cursor;
        for (var i = 1; i <= 20; i++)
        {
            await backstage.AgentAsync(HttpMethod.Put, $"ticket/{tickets[0]}", new { Subject = $"busy {i}", Priority = i, FinalPriority = i, TimeWorked = i, TimeLeft = i, TimeEstimated = i });
        }

        await backstage.ReplyAsAgentAsync(tickets[2], "Hello.", isPublic: true);
        var first = await _system.ChangedAsync(cursor, default);
        first.Ids.ShouldBe([tickets[0]]);
        first.More.ShouldBeTrue();
        (await _system.ChangedAsync(first.Cursor, default)).Ids.ShouldContain(tickets[2]);
    }

    private static TicketDraft Draft() => new()
    {
        Key = $"ticket-{Guid.NewGuid():N}",
        ConversationId = "conversation-1",
        Subject = "It arrived broken",
        Queue = "Returns",
        Priority = "normal",
        Requester = new Requester("Ann", "ann@example.com"),
        Body = "The stove is bent.",
    };

    private static MessageDraft Message(string text, params TicketFile[] files) =>
        new($"message-{Guid.NewGuid():N}", text, Public: true, new Requester("Ann", null), files);

    private ITicketSystem With(params (string Key, string Value)[] settings)
    {
        var options = backstage.Options;
        foreach (var (key, value) in settings)
        {
            options.Settings[key] = value;
        }

        return backstage.Connect(options, new VendorHttp(_http, options.Name, TimeProvider.System), TimeProvider.System);
    }
}
