namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// A file on its way into the store: what was read to find its type, then the rest. It ends where the upload gets too
/// large or turns out to be of another type than it began as; <see cref="Refusal"/> then says so, and what was stored of
/// it is to be deleted. Not an exception, which a store might wrap or swallow.
/// </summary>
internal sealed class UploadContent(ReadOnlyMemory<byte> head, Stream rest, UploadAllowance allowance, bool isText, string name) : Stream
{
    private ReadOnlyMemory<byte> _head = head;
    private TextCheck _text;

    /// <summary>Why the file cannot be taken; <c>null</c> as long as it can.</summary>
    public DirectLineError? Refusal { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Refusal is not null || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            var read = _head.IsEmpty ? await rest.ReadAsync(buffer, cancellationToken) : TakeHead(buffer);
            Refusal = Judge(buffer.Span[..read]);
            return Refusal is null ? read : 0;
        }
        catch (Exception exception) when (BodyFault.Is(exception))
        {
            Refusal = BodyFault.ToRefusal(exception, allowance.Limit);
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeHead(Memory<byte> buffer)
    {
        var piece = _head[..Math.Min(_head.Length, buffer.Length)];
        piece.CopyTo(buffer);
        _head = _head[piece.Length..];
        return piece.Length;
    }

    private DirectLineError? Judge(ReadOnlySpan<byte> piece)
    {
        if (!allowance.Take(piece.Length))
        {
            return DirectLineError.MessageSizeTooBig(allowance.Limit);
        }

        return isText && (piece.IsEmpty ? !_text.IsComplete : !_text.Feed(piece)) ? DirectLineError.UnsupportedMediaType(name) : null;
    }
}

/// <summary>How many bytes the files of one upload may still have together.</summary>
internal sealed class UploadAllowance(int limit)
{
    private long _left = limit;

    public int Limit { get; } = limit;

    /// <summary>Counts bytes; <c>false</c> when there are too many.</summary>
    public bool Take(int bytes) => (_left -= bytes) >= 0;
}
