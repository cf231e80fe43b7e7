using System.Net;
using System.Net.Sockets;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

public abstract partial class TicketSystemContract
{
    /// <summary>More calls than any one action takes.</summary>
    private const int MostCalls = 20;

    /// <summary>In the form of a system that is particular about it; to the others it is as wrong as any.</summary>
    private const string WrongToken = "1-99-0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_refused_token_is_no_reason_to_give_up_and_is_not_told()
    {
        var (system, _) = Connect(Backstage.Options with { Token = WrongToken });
        foreach (var call in Calls(system))
        {
            var refusal = await Should.ThrowAsync<OutboxRefusal>(call);
            refusal.Final.ShouldBeFalse("a new token mends it");
            refusal.ToString().ShouldNotContain(WrongToken);
        }
    }

    [Fact]
    public async Task A_system_that_is_down_is_asked_again_later()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var (system, _) = Connect(Backstage.Options with { Url = new Uri($"http://127.0.0.1:{port}/") });
        foreach (var call in Calls(system))
        {
            (await Should.ThrowAsync<OutboxRefusal>(call)).Final.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(FaultyLine.Fault.Silence)]
    [InlineData(FaultyLine.Fault.Unavailable)]
    [InlineData(FaultyLine.Fault.Lost)]
    public async Task A_system_that_is_slow_or_out_of_order_is_asked_again_later(FaultyLine.Fault fault)
    {
        var (system, line) = Connect(Backstage.Options, patience: TimeSpan.FromSeconds(1));
        foreach (var call in Calls(system))
        {
            line.Fail(fault);
            var refusal = await Should.ThrowAsync<OutboxRefusal>(call);
            refusal.Final.ShouldBeFalse();
            refusal.RetryAfter.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_system_that_is_busy_is_left_alone_for_as_long_as_it_wants()
    {
        foreach (var call in Calls(_system))
        {
            _line.Fail(FaultyLine.Fault.Busy);
            var refusal = await Should.ThrowAsync<OutboxRefusal>(call);
            refusal.Final.ShouldBeFalse();
            refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        }
    }

    [Fact]
    public async Task A_call_that_is_given_up_ends()
    {
        using var stop = new CancellationTokenSource();
        _line.Fail(FaultyLine.Fault.Silence);
        var call = _system.FindByKeyAsync(NewKey(), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(FaultyLine.Fault.AnswerLost)]
    [InlineData(FaultyLine.Fault.Lost)]
    [InlineData(FaultyLine.Fault.Unavailable)]
    public async Task A_create_of_which_any_one_call_fails_makes_one_ticket_in_the_end(FaultyLine.Fault fault)
    {
        Need(Ability.LostAnswers);
        await WithEachCallFailingAsync(fault, async () =>
        {
            var draft = Draft() with { Files = [File("photo.png", "image/png", Bytes(1_000))] };
            var failed = await FailsAsync(() => _system.CreateAsync(draft, default));
            if (failed)
            {
                var ticket = await _system.FindByKeyAsync(draft.Key, default) ?? await _system.CreateAsync(draft, default);
                var seen = await Backstage.SeeAsync(ticket.Id);
                Plain(seen.Body).ShouldBe(draft.Body);
                seen.Files.ShouldHaveSingleItem().Content.ShouldBe(Bytes(1_000));
            }

            (await Backstage.CountAsync(draft.Key)).ShouldBe(1);
            return failed;
        });
    }

    [Theory]
    [InlineData(FaultyLine.Fault.AnswerLost)]
    [InlineData(FaultyLine.Fault.Lost)]
    [InlineData(FaultyLine.Fault.Unavailable)]
    public async Task A_message_of_which_any_one_call_fails_is_there_once_in_the_end(FaultyLine.Fault fault)
    {
        Need(Ability.LostAnswers);
        var ticket = await CreateAsync();
        await WithEachCallFailingAsync(fault, async () =>
        {
            var message = Message("Hello?", isPublic: true, File("photo.png", "image/png", Bytes(1_000)));
            var failed = await FailsAsync(() => _system.AddMessageAsync(ticket.Id, message, default));
            if (failed && (await _system.ReadAsync(ticket.Id, default)).Messages.All(m => m.Reference != message.Reference))
            {
                await _system.AddMessageAsync(ticket.Id, message, default);
            }

            var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Where(m => m.Reference == message.Reference).ShouldHaveSingleItem();
            (await ReadAsync(read.Files.ShouldHaveSingleItem())).ShouldBe(Bytes(1_000));
            return failed;
        });
    }

    /// <summary>Runs an action again and again, each time with the next of its calls failing, until it makes fewer calls than that.</summary>
    private async Task WithEachCallFailingAsync(FaultyLine.Fault fault, Func<Task<bool>> action)
    {
        var failing = 0;
        do
        {
            failing.ShouldBeLessThan(MostCalls);
            _line.Fail(fault, ++failing);
        }
        while (await action());
        failing.ShouldBeGreaterThan(1, "nothing was made to fail");
    }

    private async Task<bool> FailsAsync(Func<Task> action)
    {
        try
        {
            await action();
            return false;
        }
        catch (OutboxRefusal refusal)
        {
            refusal.Final.ShouldBeFalse(refusal.Message);
            return true;
        }
        finally
        {
            _line.Fail(FaultyLine.Fault.None);
        }
    }

    private Func<Task>[] Calls(ITicketSystem system) =>
    [
        () => system.DescribeAsync(default),
        () => system.FindByKeyAsync(NewKey(), default),
        () => system.CreateAsync(Draft(), default),
        () => system.AddMessageAsync(Backstage.NoTicket, Message("Hello?"), default),
        () => system.UpdateAsync(Backstage.NoTicket, new TicketUpdate(Phase: TicketPhase.Solved), default),
        () => system.ReadAsync(Backstage.NoTicket, default),
        () => system.ChangedAsync(null, default),
    ];
}
