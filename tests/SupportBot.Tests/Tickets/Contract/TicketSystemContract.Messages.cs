using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

public abstract partial class TicketSystemContract
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_of_ours_comes_back_with_its_reference(bool isPublic)
    {
        var ticket = await CreateAsync();
        var message = Message("My lamp is broken, too.", isPublic);
        var id = await _system.AddMessageAsync(ticket.Id, message, default);
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Where(m => m.Reference == message.Reference).ShouldHaveSingleItem();
        read.Id.ShouldBe(id);
        read.Public.ShouldBe(isPublic);
        read.FromAgent.ShouldBeFalse("what we wrote is not an agent's");
        Plain(read.Text).ShouldBe(message.Text);
        read.Files.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_message_comes_back_as_it_was_written(string kind, string text)
    {
        var ticket = await CreateAsync();
        var message = Message(text, isPublic: kind.Length % 2 == 0);
        await _system.AddMessageAsync(ticket.Id, message, default);
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Single(m => m.Reference == message.Reference);
        Plain(read.Text).ShouldBe(Plain(text), kind);
    }

    [Fact]
    public async Task A_long_message_comes_back_whole()
    {
        var ticket = await CreateAsync();
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i,6}: a line of fifty characters with é and 🧗 in it\n"));
        var message = Message(text);
        await _system.AddMessageAsync(ticket.Id, message, default);
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Single(m => m.Reference == message.Reference);
        Plain(read.Text).ShouldBe(Plain(text));
    }

    [Fact]
    public async Task Messages_keep_their_order_and_their_ids()
    {
        var ticket = await CreateAsync();
        var drafts = Enumerable.Range(0, 5).Select(i => Message($"Line {i}", isPublic: i % 2 == 0)).ToList();
        var ids = new List<string>();
        foreach (var draft in drafts)
        {
            ids.Add(await _system.AddMessageAsync(ticket.Id, draft, default));
        }

        var first = Ours(await _system.ReadAsync(ticket.Id, default));
        first.Select(m => m.Reference).ShouldBe(drafts.Select(d => d.Reference));
        first.Select(m => m.Id).ShouldBe(ids);
        first.Select(m => m.At).ShouldBeInOrder();
        Ours(await _system.ReadAsync(ticket.Id, default)).Select(m => m.Id).ShouldBe(ids);

        static List<RemoteMessage> Ours(TicketState state) => [.. state.Messages.Where(m => m.Reference is not null)];
    }

    [Fact]
    public async Task The_newest_messages_are_read_when_there_are_many()
    {
        var ticket = await CreateAsync();
        var total = TicketState.MostMessages + 3;
        for (var i = 0; i < total; i++)
        {
            await _system.AddMessageAsync(ticket.Id, Message($"Line {i}", isPublic: false), default);
        }

        var messages = (await _system.ReadAsync(ticket.Id, default)).Messages;
        messages.Count.ShouldBeLessThanOrEqualTo(TicketState.MostMessages);
        messages.TakeLast(50).Select(m => Plain(m.Text)).ShouldBe(Enumerable.Range(total - 50, 50).Select(i => $"Line {i}"));
    }

    [Theory]
    [InlineData("photo.png", "image/png")]
    [InlineData("Größe \"M\" – 你好 🧗.txt", "text/plain")]
    [InlineData("page.html", "text/html")]
    [InlineData("data.bin", "application/octet-stream")]
    public async Task Files_arrive_and_come_back_byte_by_byte(string name, string contentType)
    {
        var ticket = await CreateAsync();
        var content = contentType.StartsWith("text/", StringComparison.Ordinal) ? "<p>Grüße\r\n 🧗 it's</p>\n"u8.ToArray() : Bytes(300_000);
        var message = Message("See the file.", isPublic: true, File(name, contentType, content));
        await _system.AddMessageAsync(ticket.Id, message, default);
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Single(m => m.Reference == message.Reference);
        Plain(read.Text).ShouldBe("See the file.");
        var file = read.Files.ShouldHaveSingleItem();
        file.Name.ShouldBe(name);
        file.ContentType.ShouldBe(contentType);
        (await ReadAsync(file)).ShouldBe(content);
        (await ReadAsync(file)).ShouldBe(content, "it may be opened more than once");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agents_words_are_read(bool isPublic)
    {
        var ticket = await CreateAsync();
        await Backstage.ReplyAsAgentAsync(ticket.Id, "We send you a new one.\nToday.", isPublic, File("label.pdf", "application/pdf", Bytes(2_000)));
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Where(m => m.FromAgent).ShouldHaveSingleItem();
        read.Public.ShouldBe(isPublic);
        read.Reference.ShouldBeNull();
        Plain(read.Text).ShouldBe("We send you a new one.\nToday.");
        read.AuthorName.ShouldNotBeEmpty();
        (await ReadAsync(read.Files.ShouldHaveSingleItem())).ShouldBe(Bytes(2_000));
    }

    [Fact]
    public async Task What_the_customer_writes_there_is_not_taken_for_an_agents()
    {
        var ticket = await CreateAsync();
        await Backstage.WriteAsCustomerAsync(ticket.Id, "Any news?");
        var read = (await _system.ReadAsync(ticket.Id, default)).Messages.Single(m => Plain(m.Text) == "Any news?");
        read.FromAgent.ShouldBeFalse();
        read.Public.ShouldBeTrue();
        read.Reference.ShouldBeNull();
    }

    [Fact]
    public async Task An_agent_who_quotes_our_mark_is_still_an_agent()
    {
        var ticket = await CreateAsync();
        var message = Message("Hello?");
        await _system.AddMessageAsync(ticket.Id, message, default);
        await Backstage.ReplyAsAgentAsync(ticket.Id, TicketReference.Mark("We are on it.\n> Hello?", message.Reference), isPublic: true);
        var state = await _system.ReadAsync(ticket.Id, default);
        state.Messages.Where(m => m.Reference == message.Reference).ShouldHaveSingleItem();
        state.Messages.Where(m => m.FromAgent).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_for_a_ticket_that_is_not_there_is_refused_for_good()
    {
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _system.AddMessageAsync(Backstage.NoTicket, Message("Hello?"), default));
        refusal.Final.ShouldBeTrue();
    }

    private static async Task<byte[]> ReadAsync(TicketFile file)
    {
        await using var content = await file.OpenAsync(default);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }
}
