namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Where uploaded files are kept: on disk by default, in a company's own blob storage if it brings one. Files belong to
/// a conversation and go with it: a host that forgets a conversation calls <see cref="DeleteConversationAsync"/>.
/// </summary>
public interface IAttachmentStore
{
    /// <summary>Keeps a file. Reads the content to its end and does not hold it in memory; keeps nothing when that fails.</summary>
    /// <returns>The file's id within the conversation, made of letters, digits, <c>_</c> and <c>-</c>, never used again.</returns>
    ValueTask<string> SaveAsync(string conversationId, AttachmentInfo info, Stream content, CancellationToken ct);

    /// <summary>Opens a file; <c>null</c> when there is none. The id may be anything that a stranger makes up.</summary>
    ValueTask<StoredAttachment?> OpenAsync(string conversationId, string attachmentId, CancellationToken ct);

    /// <summary>Forgets a file, whether or not there is one.</summary>
    ValueTask DeleteAsync(string conversationId, string attachmentId, CancellationToken ct);

    /// <summary>Forgets all files of a conversation, whether or not there are any.</summary>
    ValueTask DeleteConversationAsync(string conversationId, CancellationToken ct);
}

/// <summary>What is kept with a file.</summary>
/// <param name="Name">Its name for people, at most 255 characters; never part of a path.</param>
/// <param name="ContentType">Its media type, found from its content.</param>
/// <param name="Key">Opens it to whoever has its address: 128 random bits in hexadecimal.</param>
public sealed record AttachmentInfo(string Name, string ContentType, string Key);

/// <summary>A file that is kept. Disposing closes the content.</summary>
/// <param name="Info">What was said when it was saved.</param>
/// <param name="Content">The content from its start; seekable where parts of it are to be served.</param>
/// <param name="SavedAt">When it was saved.</param>
public sealed record StoredAttachment(AttachmentInfo Info, Stream Content, DateTimeOffset SavedAt) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
