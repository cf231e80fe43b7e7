using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public sealed class FileAttachmentStoreTests : IDisposable
{
    private static readonly AttachmentInfo Info = new("receipt.pdf", "application/pdf", "key");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FileAttachmentStore _store;

    public FileAttachmentStoreTests()
    {
        _store = new FileAttachmentStore(_folder);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_is_found_again_in_its_conversation_only()
    {
        var id = await SaveAsync("c1", "content");

        await using var found = (await new FileAttachmentStore(_folder).OpenAsync("c1", id, Ct))!;
        found.Info.ShouldBe(Info);
        (await new StreamReader(found.Content).ReadToEndAsync(Ct)).ShouldBe("content");
        (await _store.OpenAsync("c2", id, Ct)).ShouldBeNull();
        (await _store.OpenAsync("C1", id, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_conversation_takes_its_files_along_and_no_others()
    {
        var gone = await SaveAsync("c1", "a");
        var kept = await SaveAsync("c2", "b");

        await _store.DeleteConversationAsync("c1", Ct);
        await _store.DeleteConversationAsync("c1", Ct);

        (await _store.OpenAsync("c1", gone, Ct)).ShouldBeNull();
        await using var other = await _store.OpenAsync("c2", kept, Ct);
        other.ShouldNotBeNull();
        Directory.GetDirectories(_folder).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../c2")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde/")]
    [InlineData("00000000000000000000000000000000")]
    public async Task Made_up_ids_open_and_delete_nothing(string id)
    {
        var kept = await SaveAsync("c1", "content");

        (await _store.OpenAsync("c1", id, Ct)).ShouldBeNull();
        (await _store.OpenAsync("../" + id, id, Ct)).ShouldBeNull();
        await _store.DeleteAsync("c1", id, Ct);

        await using var found = await _store.OpenAsync("c1", kept, Ct);
        found.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_fails_half_way_leaves_nothing()
    {
        await Should.ThrowAsync<IOException>(async () => await _store.SaveAsync("c1", Info, new BrokenContent(), Ct));

        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_owner_of_the_process_may_look_into_the_folder()
    {
        await SaveAsync("c1", "content");

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetDirectories(_folder)[0])
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<string> SaveAsync(string conversationId, string content) =>
        await _store.SaveAsync(conversationId, Info, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), Ct);

    private sealed class BrokenContent : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
            {
                throw new IOException("The network is down.");
            }

            _begun = true;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
