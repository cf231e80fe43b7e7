using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Files on disk, a folder per conversation, what is known of a file beside it. A file appears under its id when it is
/// whole, so a crash leaves nothing that could be served by half. No name or id from outside becomes part of a path:
/// folders are named by a hash of the conversation's id.
/// </summary>
public sealed class FileAttachmentStore : IAttachmentStore
{
    private const int IdDigits = 32;
    private const int FolderBytes = 16;
    private const int BufferSize = 64 * 1024;
    private const string InfoSuffix = ".json";
    private const string UnfinishedSuffix = ".part";

    private readonly string _root;

    /// <param name="folder">Where to keep the files; made when the first one comes.</param>
    public FileAttachmentStore(string folder)
    {
        _root = Path.GetFullPath(folder);
    }

    /// <summary>Where files are kept unless said otherwise: with the data of whoever runs the process, not where all may write.</summary>
    public static string DefaultFolder =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? data : Path.GetTempPath(),
            "SupportBot.BotFramework",
            "attachments");

    /// <inheritdoc />
    public async ValueTask<string> SaveAsync(string conversationId, AttachmentInfo info, Stream content, CancellationToken ct)
    {
        var id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
        var path = Path.Combine(CreateFolder(conversationId), id);
        try
        {
            await using (var file = new FileStream(path + UnfinishedSuffix, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true))
            {
                await content.CopyToAsync(file, BufferSize, ct);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            await File.WriteAllBytesAsync(
                path + InfoSuffix, JsonSerializer.SerializeToUtf8Bytes(info, DirectLineJson.Default.AttachmentInfo), ct);
            File.Move(path + UnfinishedSuffix, path);
            return id;
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask<StoredAttachment?> OpenAsync(string conversationId, string attachmentId, CancellationToken ct)
    {
        if (!IsId(attachmentId))
        {
            return null;
        }

        var path = Path.Combine(FolderOf(conversationId), attachmentId);
        try
        {
            var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, useAsync: true);
            try
            {
                var info = JsonSerializer.Deserialize(
                    await File.ReadAllBytesAsync(path + InfoSuffix, ct), DirectLineJson.Default.AttachmentInfo);
                return new StoredAttachment(info!, content, File.GetLastWriteTimeUtc(content.SafeFileHandle));
            }
            catch
            {
                await content.DisposeAsync();
                throw;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync(string conversationId, string attachmentId, CancellationToken ct)
    {
        if (IsId(attachmentId))
        {
            Delete(Path.Combine(FolderOf(conversationId), attachmentId));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DeleteConversationAsync(string conversationId, CancellationToken ct)
    {
        try
        {
            Directory.Delete(FolderOf(conversationId), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever uploaded there.
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsId(string id) => id.Length == IdDigits && !id.AsSpan().ContainsAnyExcept("0123456789abcdef");

    // The content first: without it, the rest is not served.
    private static void Delete(string path)
    {
        foreach (var suffix in new[] { "", UnfinishedSuffix, InfoSuffix })
        {
            try
            {
                File.Delete(path + suffix);
            }
            catch (DirectoryNotFoundException)
            {
                // The conversation was deleted at the same time.
            }
        }
    }

    private string FolderOf(string conversationId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(conversationId));
        return Path.Combine(_root, Convert.ToHexStringLower(hash.AsSpan(0, FolderBytes)));
    }

    private string CreateFolder(string conversationId)
    {
        var folder = FolderOf(conversationId);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
