using System.Collections.Concurrent;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

public abstract partial class TicketSystemContract
{
    /// <summary>More calls than any backlog of these tests takes.</summary>
    private const int MostPages = 200;

    [Theory]
    [InlineData(TicketPhase.Solved)]
    [InlineData(TicketPhase.Open)]
    public async Task A_ticket_is_given_another_phase(TicketPhase phase)
    {
        var ticket = await CreateAsync();
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Solved), default);
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: phase), default);
        (await _system.ReadAsync(ticket.Id, default)).Phase.ShouldBe(phase);
    }

    [Fact]
    public async Task A_ticket_is_moved_and_given_to_somebody()
    {
        var ticket = await CreateAsync();
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Queue: Backstage.OtherQueue, Assignee: Backstage.Assignee), default);
        var state = await _system.ReadAsync(ticket.Id, default);
        state.Queue.ShouldBe(Backstage.OtherQueue);
        state.Assignee.ShouldBe(Backstage.Assignee);
        var seen = await Backstage.SeeAsync(ticket.Id);
        seen.Queue.ShouldBe(Backstage.OtherQueue);
        seen.Assignee.ShouldBe(Backstage.Assignee);

        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Queue: Backstage.OtherQueue, Assignee: Backstage.Assignee), default);
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(), default);
        (await _system.ReadAsync(ticket.Id, default)).Assignee.ShouldBe(Backstage.Assignee, "null leaves what is");
    }

    [Fact]
    public async Task A_ticket_is_given_another_priority()
    {
        Need(Ability.Priorities);
        var ticket = await CreateAsync();
        await _system.UpdateAsync(ticket.Id, new TicketUpdate(Priority: "urgent"), default);
        var urgent = await _system.CreateAsync(Draft() with { Priority = "urgent" }, default);
        (await Backstage.SeeAsync(ticket.Id)).Priority.ShouldBe((await Backstage.SeeAsync(urgent.Id)).Priority);
    }

    [Fact]
    public async Task A_change_that_the_system_did_not_take_is_refused_for_good()
    {
        var ticket = await CreateAsync();
        foreach (var (update, named) in new[]
        {
            (new TicketUpdate(Queue: "No such queue"), Backstage.OtherQueue),
            (new TicketUpdate(Assignee: "nobody-of-that-name"), "nobody-of-that-name"),
        })
        {
            var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _system.UpdateAsync(ticket.Id, update, default));
            refusal.Final.ShouldBeTrue();
            refusal.Message.ShouldContain(named);
        }

        var gone = await Should.ThrowAsync<OutboxRefusal>(() => _system.UpdateAsync(Backstage.NoTicket, new TicketUpdate(Phase: TicketPhase.Solved), default));
        gone.Final.ShouldBeTrue();
        (await _system.ReadAsync(ticket.Id, default)).Queue.ShouldBe(Backstage.Queue);
    }

    [Theory]
    [InlineData(TicketPhase.Waiting)]
    [InlineData(TicketPhase.Solved)]
    public async Task A_status_that_an_agent_chooses_is_read(TicketPhase phase)
    {
        var ticket = await CreateAsync();
        await Backstage.SetPhaseAsync(ticket.Id, phase);
        (await _system.ReadAsync(ticket.Id, default)).Phase.ShouldBe(phase);
    }

    [Fact]
    public async Task A_merged_ticket_says_into_which()
    {
        Need(Ability.Merge);
        var (first, second) = (await CreateAsync(), await CreateAsync());
        await Backstage.MergeAsync(first.Id, second.Id);
        (await _system.ReadAsync(first.Id, default)).MergedInto.ShouldBe(second.Id);
        (await _system.ReadAsync(second.Id, default)).MergedInto.ShouldBeNull();
    }

    [Fact]
    public async Task A_merged_ticket_is_still_found_by_its_key()
    {
        Need(Ability.Merge);
        var draft = Draft();
        var (first, second) = (await _system.CreateAsync(draft, default), await CreateAsync());
        await Backstage.MergeAsync(first.Id, second.Id);
        (await _system.FindByKeyAsync(draft.Key, default))?.Id.ShouldBeOneOf(first.Id, second.Id);
    }

    [Fact]
    public async Task A_deleted_ticket_is_gone()
    {
        Need(Ability.Delete);
        var ticket = await CreateAsync();
        await Backstage.DeleteAsync(ticket.Id);
        var state = await _system.ReadAsync(ticket.Id, default);
        state.Deleted.ShouldBeTrue();
        state.Phase.ShouldBe(TicketPhase.Closed);
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _system.AddMessageAsync(ticket.Id, Message("Hello?"), default));
        refusal.Final.ShouldBeTrue();
    }

    [Fact]
    public async Task A_ticket_that_never_was_is_gone_too() => (await _system.ReadAsync(Backstage.NoTicket, default)).Deleted.ShouldBeTrue();

    [Fact]
    public async Task A_cursor_begins_now_and_tells_what_changed_since()
    {
        var before = await CreateAsync();
        var start = await _system.ChangedAsync(null, default);
        start.Ids.ShouldBeEmpty("null begins now");

        var created = await CreateAsync();
        await Backstage.ReplyAsAgentAsync(before.Id, "We are on it.", isPublic: true);
        var ids = await ChangedSinceAsync(start.Cursor);
        ids.ShouldContain(created.Id);
        ids.ShouldContain(before.Id);
        (await ChangedSinceAsync(start.Cursor)).ShouldContain(created.Id, "a cursor stays good");
    }

    [Fact]
    public async Task Every_kind_of_change_moves_the_cursor()
    {
        var ticket = await CreateAsync();
        var other = await CreateAsync();
        var changes = new List<(string Name, Func<Task> Make, string Changed)>
        {
            ("reply", () => Backstage.ReplyAsAgentAsync(ticket.Id, "Hello.", isPublic: true), ticket.Id),
            ("note", () => Backstage.ReplyAsAgentAsync(ticket.Id, "Hm.", isPublic: false), ticket.Id),
            ("customer", () => Backstage.WriteAsCustomerAsync(ticket.Id, "Any news?"), ticket.Id),
            ("status", () => Backstage.SetPhaseAsync(ticket.Id, TicketPhase.Solved), ticket.Id),
        };
        if (!Backstage.Lacks.ContainsKey(Ability.Merge))
        {
            changes.Add(("merge", () => Backstage.MergeAsync(ticket.Id, other.Id), other.Id));
        }

        foreach (var (name, make, changed) in changes)
        {
            var cursor = (await _system.ChangedAsync(null, default)).Cursor;
            await make();
            (await ChangedSinceAsync(cursor)).ShouldContain(changed, name);
        }
    }

    [Fact]
    public async Task Nothing_is_missed_while_many_write_at_once()
    {
        const int Writers = 6;
        const int Each = 5;
        var tickets = new List<string>();
        for (var i = 0; i < Writers; i++)
        {
            tickets.Add((await CreateAsync()).Id);
        }

        var seen = new HashSet<string>();
        var cursor = (await _system.ChangedAsync(null, default)).Cursor;
        var written = new ConcurrentBag<string>();
        var writing = Task.WhenAll(tickets.Select(async id =>
        {
            for (var i = 0; i < Each; i++)
            {
                var message = Message($"Line {i}");
                await _system.AddMessageAsync(id, message, default);
                written.Add(message.Reference);
            }
        }));

        // As the service does it: a ticket is read only when the cursor names it.
        bool more;
        do
        {
            more = !writing.IsCompleted;
            var changed = await _system.ChangedAsync(cursor, default);
            foreach (var id in changed.Ids)
            {
                seen.UnionWith((await _system.ReadAsync(id, default)).Messages.Select(m => m.Reference).OfType<string>());
            }

            more |= changed.More;
            cursor = changed.Cursor;
        }
        while (more);
        await writing;
        written.Count.ShouldBe(Writers * Each);
        written.Where(w => !seen.Contains(w)).ShouldBeEmpty();
    }

    /// <summary>What changed since a cursor, page by page.</summary>
    protected async Task<HashSet<string>> ChangedSinceAsync(string cursor)
    {
        var ids = new HashSet<string>();
        for (var page = 0; page < MostPages; page++)
        {
            var changed = await _system.ChangedAsync(cursor, default);
            changed.Ids.Count.ShouldBeLessThanOrEqualTo(1_000, "pages are bounded");
            ids.UnionWith(changed.Ids);
            cursor = changed.Cursor;
            if (!changed.More)
            {
                return ids;
            }
        }

        throw new InvalidOperationException($"There is no end after {MostPages} pages.");
    }
}
