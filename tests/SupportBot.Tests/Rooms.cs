using System.Text.RegularExpressions;
using SupportBot.Tests.Running;

namespace SupportBot.Tests;

/// <summary>Who may import whom. The rooms and the reasons are in the README.</summary>
public sealed partial class Rooms
{
    private static readonly Dictionary<string, string[]> Imports = new()
    {
        ["Company"] = [],
        ["Inquiries"] = ["Company"],
        ["Knowledge"] = ["Company"],
        ["Workflows"] = ["Company", "Inquiries"],
        ["Answers"] = ["Company", "Inquiries", "Knowledge", "Workflows"],
        ["Lookups"] = ["Conversations", "Workflows"],
        ["Outbox"] = ["Storage"],
        ["Models"] = ["Company", "Inquiries", "Knowledge", "Answers"],
        ["Conversations"] = ["Company", "Outbox", "Storage"],
        ["Mail"] = ["Company", "Conversations", "Outbox", "Storage"],
        ["Tickets"] = ["Company", "Conversations", "Mail", "Outbox", "Storage", "Hosting"],
        ["Handoff"] = ["Company", "Conversations", "Mail", "Tickets", "Storage"],
        ["Channels"] = ["Company", "Conversations", "Handoff", "Outbox", "Storage"],
        ["Turns"] = ["Company", "Conversations", "Inquiries", "Knowledge", "Answers", "Lookups", "Models", "Workflows", "Handoff", "Mail", "Tickets", "Outbox", "Storage"],
        ["Learning"] = ["Conversations", "Answers", "Turns", "Storage"],
        ["AgentConsole"] = ["Company", "Conversations", "Handoff", "Outbox", "Tickets", "Answers", "Turns", "Learning", "Storage", "Hosting"],
        ["Reports"] = ["Company", "Conversations", "Turns", "Workflows", "Storage", "Hosting"],
        ["Storage"] = ["Channels", "Conversations", "Handoff", "Learning", "Outbox", "Tickets"],
        ["Hosting"] = ["Company", "Knowledge", "Answers", "Conversations", "Lookups", "Tickets", "Turns", "Learning", "Storage", "AgentConsole"],
    };

    public static TheoryData<string> Names => [.. Imports.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_room_imports_only_what_it_may(string room)
    {
        var folder = Path.Combine(Repository.Root, "src", "SupportBot", room);
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("Migrations")).ToList();
        files.ShouldNotBeEmpty();
        files.SelectMany(f => Violations(room, Path.GetFileName(f), File.ReadAllText(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_the_service_is_a_room() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "SupportBot"))
            .Select(d => Path.GetFileName(d)!)
            .Except(["bin", "obj", "Properties", "wwwroot"])
            .ShouldBe(Imports.Keys, ignoreOrder: true);

    [Theory]
    [InlineData("using SupportBot.Tickets;")]
    [InlineData("using Draft = SupportBot.Tickets.TicketDraft;")]
    [InlineData("var x = SupportBot.Tickets.TicketDesk.OpenAsync();")]
    [InlineData("Task<Tickets.Ticket> Find();")]
    public void A_planted_violation_is_caught(string line) => Violations("Inquiries", "Planted.cs", line).ShouldHaveSingleItem();

    [Fact]
    public void The_protocol_library_knows_nothing_of_support() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SupportBot.BotFramework"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(f => Qualified().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}"))
            .Where(v => !v.Contains("SupportBot.BotFramework") && !v.Contains("SupportBot.DirectLine") && !v.Contains("SupportBot.Connector"))
            .ShouldBeEmpty();

    private static IEnumerable<string> Violations(string room, string file, string code) => Qualified().Matches(code)
        .Select(m => m.Groups["room"].Value)
        .Where(r => Imports.ContainsKey(r) && r != room && !Imports[room].Contains(r))
        .Distinct()
        .Select(r => $"{room}/{file} imports {r}");

    /// <summary>A room's name behind the root namespace, or before a type: <c>Tickets.Ticket</c>.</summary>
    [GeneratedRegex(@"(?:\bSupportBot\.(?<room>[A-Z]\w+))|(?:(?<=[<(\s])(?<room>(?:Tickets|Handoff|Channels|Outbox|Turns|Learning|AgentConsole|Reports|Storage|Hosting))\.[A-Z]\w+)")]
    private static partial Regex Qualified();
}
