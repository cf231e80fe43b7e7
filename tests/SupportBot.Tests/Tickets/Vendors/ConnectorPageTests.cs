using System.Text.RegularExpressions;
using SupportBot.Tests.Running;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>The page for those who write a connector says what is so.</summary>
public sealed partial class ConnectorPageTests : IAsyncLifetime
{
    private readonly FakeCompany _company = new();
    private readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "src/SupportBot/Tickets/Systems/README.md"));

    public ValueTask InitializeAsync() => _company.InitializeAsync();

    public ValueTask DisposeAsync() => _company.DisposeAsync();

    [Fact]
    public void It_is_short() => _page.Split('\n').Length.ShouldBeLessThan(60);

    [Fact]
    public void It_names_every_call_that_a_connector_has()
    {
        foreach (var member in typeof(ITicketSystem).GetMethods().Where(m => !m.IsSpecialName))
        {
            _page.ShouldContain($"`{member.Name}`");
        }
    }

    [Fact]
    public void Every_kind_of_system_has_its_line()
    {
        var kinds = typeof(ITicketSystem).Assembly.GetTypes().Where(t => t.IsClass && typeof(ITicketSystem).IsAssignableFrom(t))
            .Select(t => t.GetField("Type")?.GetRawConstantValue() as string).OfType<string>().ToList();
        kinds.Count.ShouldBeGreaterThan(4);
        kinds.ShouldAllBe(k => _page.Contains($"| `{k}` |", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_protocol_has_the_calls_that_the_class_makes()
    {
        var system = _company.Open();
        await system.DescribeAsync(default);
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", _company.Queue), default);
        await system.FindByKeyAsync("key-1", default);
        await system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default);
        await system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Solved), default);
        await system.ReadAsync(ticket.Id, default);
        await system.ChangedAsync(cursor, default);
        var made = _company.Asked.Select(a => a.Replace(" /", " ", StringComparison.Ordinal).Replace(ticket.Id, "ID", StringComparison.Ordinal).Split('=')[0]).Distinct();
        var told = Call().Matches(_page).Select(m => m.Groups[1].Value.Split('=')[0]).ToList();
        made.ShouldBe(told, ignoreOrder: true);
    }

    [GeneratedRegex(@"^\| `((?:GET|POST|PATCH) [^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Call();
}
