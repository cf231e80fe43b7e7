using System.Security.Cryptography;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// One upload: the files as they are stored, and the activity that goes with them. Files come before or after the
/// activity that names them, so they are put together at the end.
/// </summary>
internal sealed class Upload(string conversationId, IAttachmentStore store, DirectLineOptions options)
{
    private const int KeyDigits = 32;
    private const int MaxFiles = 10;

    private readonly List<UploadedFile> _files = [];
    private readonly UploadNames _names = new();
    private readonly UploadAllowance _allowance = new(options.MaxUploadBytes);
    private readonly IReadOnlyList<string> _types = options.AllowedUploadTypes ?? DirectLineOptions.DefaultUploadTypes;

    /// <summary>The activity, once it has come.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Whether anything came at all.</summary>
    public bool IsEmpty => Activity is null && _files.Count == 0;

    /// <summary>Stores a file, or says why not.</summary>
    public async ValueTask<DirectLineError?> AddAsync(string? sentName, Stream body, CancellationToken ct)
    {
        if (_files.Count == MaxFiles)
        {
            return DirectLineError.BadArgument($"At most {MaxFiles} files go with a message.");
        }

        var asked = UploadNames.Clean(sentName);
        var head = new byte[ContentSniffer.Window];
        int length;
        try
        {
            length = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        }
        catch (Exception exception) when (BodyFault.Is(exception))
        {
            return BodyFault.ToRefusal(exception, _allowance.Limit);
        }

        var type = ContentSniffer.Detect(head.AsSpan(0, length));
        if (!_types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return DirectLineError.UnsupportedMediaType(asked);
        }

        var info = new AttachmentInfo(
            _names.Unique(asked), type, RandomNumberGenerator.GetHexString(KeyDigits, lowercase: true));
        await using var content = new UploadContent(
            head.AsMemory(0, length), body, _allowance, type == ContentSniffer.PlainText, asked);
        var id = await store.SaveAsync(conversationId, info, content, ct);
        _files.Add(new UploadedFile(id, asked, info));
        return content.Refusal;
    }

    /// <summary>
    /// The activity with its attachments where they can be fetched: each takes the file of its name, files that none
    /// names are added.
    /// </summary>
    public (Activity? Activity, DirectLineError? Error) PutTogether(Func<UploadedFile, string> addressOf)
    {
        var activity = Activity ?? new Activity { Type = ActivityTypes.Message };
        var wanted = activity.Attachments ?? [];
        var files = Match(wanted);
        var attachments = new List<Attachment>(wanted.Count + _files.Count);
        for (var i = 0; i < wanted.Count; i++)
        {
            if (files[i] is { } file)
            {
                attachments.Add(ToAttachment(file, wanted[i]));
            }
            else if (wanted[i] is { } attachment && (attachment.Content is not null || !string.IsNullOrEmpty(attachment.ContentUrl)))
            {
                attachments.Add(attachment);
            }
            else
            {
                return (null, DirectLineError.BadArgument($"$.attachments[{i}]: no file of this name was sent."));
            }
        }

        attachments.AddRange(_files.Except(files.OfType<UploadedFile>()).Select(file => ToAttachment(file, new Attachment())));
        return (activity with { Attachments = attachments }, null);

        Attachment ToAttachment(UploadedFile file, Attachment sent) => sent with
        {
            ContentType = file.Info.ContentType,
            ContentUrl = addressOf(file),
            Name = file.Info.Name,
            ThumbnailUrl = IsPicture(sent.ThumbnailUrl) ? sent.ThumbnailUrl : null,
        };
    }

    /// <summary>Deletes what was stored.</summary>
    public async ValueTask DiscardAsync()
    {
        foreach (var file in _files)
        {
            await store.DeleteAsync(conversationId, file.Id, CancellationToken.None);
        }
    }

    // By name first, whatever the order; then those without a name take what is left, in order.
    private UploadedFile?[] Match(IReadOnlyList<Attachment?> wanted)
    {
        var left = new List<UploadedFile>(_files);
        var matched = new UploadedFile?[wanted.Count];
        for (var i = 0; i < matched.Length; i++)
        {
            if (wanted[i] is { Content: null, Name: not null } named)
            {
                matched[i] = Take(UploadNames.Clean(named.Name));
            }
        }

        for (var i = 0; i < matched.Length; i++)
        {
            if (matched[i] is null && wanted[i] is { Content: null, Name: null or "", ContentUrl: null or "" })
            {
                matched[i] = Take(null);
            }
        }

        return matched;

        UploadedFile? Take(string? name)
        {
            var index = left.FindIndex(file => name is null || file.SentName == name);
            if (index < 0)
            {
                return null;
            }

            var file = left[index];
            left.RemoveAt(index);
            return file;
        }
    }

    // Clients make a small picture of a large one themselves. An address of theirs opens nothing for anybody else.
    private static bool IsPicture(string? address) =>
        address is not null
        && (address.StartsWith("data:image/png;base64,", StringComparison.Ordinal)
            || address.StartsWith("data:image/jpeg;base64,", StringComparison.Ordinal)
            || address.StartsWith("data:image/webp;base64,", StringComparison.Ordinal));
}

/// <summary>A file of an upload.</summary>
/// <param name="Id">Its id in the store.</param>
/// <param name="SentName">The name it was sent with, by which attachments refer to it.</param>
/// <param name="Info">What is kept with it; the name there is its own within the upload.</param>
internal sealed record UploadedFile(string Id, string SentName, AttachmentInfo Info);
