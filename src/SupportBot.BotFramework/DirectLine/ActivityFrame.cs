using System.Buffers;
using System.Globalization;
using System.Text;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// <c>{"activities":[...],"watermark":"12"}</c>, put together from the stored JSON without reading it. A frame ends at a
/// size, not at a count, so that a page of large activities does not become one enormous message.
/// </summary>
internal sealed class ActivityFrame : IDisposable
{
    private const int SoftLimit = 64 * 1024;
    private const int Envelope = 64;

    private static readonly byte[] Opening = [.. "{\"activities\":["u8];

    private readonly byte[] _buffer;
    private int _length;

    private ActivityFrame(int capacity)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    }

    /// <summary>The frame. Valid until disposed.</summary>
    public ReadOnlyMemory<byte> Utf8 => _buffer.AsMemory(0, _length);

    /// <summary>How many activities are in it; a frame of none need not be sent.</summary>
    public int Count { get; private set; }

    /// <summary>The index of the first stored activity that is not in it.</summary>
    public int Next { get; private set; }

    /// <summary>The watermark it carries.</summary>
    public long Last { get; private set; }

    /// <summary>A frame of the activities from an index on that clients are to see, at least one however large.</summary>
    /// <param name="items">A page of the log.</param>
    /// <param name="from">Where in the page to begin.</param>
    /// <param name="after">The watermark of a frame that holds nothing.</param>
    /// <param name="most">The most activities in the frame.</param>
    public static ActivityFrame Create(IReadOnlyList<StoredActivity> items, int from, long after, int most = int.MaxValue)
    {
        var size = Envelope;
        var (to, taken) = (from, 0);
        for (; to < items.Count && taken < most; to++)
        {
            if (!IsForClients(items[to].Type))
            {
                continue;
            }

            var length = Encoding.UTF8.GetByteCount(items[to].Json) + 1;
            if (taken > 0 && size + length > SoftLimit)
            {
                break;
            }

            size += length;
            taken++;
        }

        var frame = new ActivityFrame(size) { Next = to, Last = to > from ? items[to - 1].Sequence : after };
        frame.Append(Opening);
        for (var i = from; i < to; i++)
        {
            if (IsForClients(items[i].Type))
            {
                frame.Append(items[i].Json);
            }
        }

        frame.Append("],\"watermark\":\""u8);
        frame.AppendNumber(frame.Last);
        frame.Append("\"}"u8);
        return frame;
    }

    /// <summary>A frame of one activity that is not stored; without a watermark, so that the client keeps its own.</summary>
    public static ActivityFrame CreateEphemeral(string json)
    {
        var frame = new ActivityFrame(Envelope + Encoding.UTF8.GetByteCount(json));
        frame.Append(Opening);
        frame.Append(json);
        frame.Append("]}"u8);
        return frame;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // The rest means nothing to clients, and endOfConversation would end theirs.
    private static bool IsForClients(string type) => type is ActivityTypes.Message or ActivityTypes.Typing or ActivityTypes.Event;

    private void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_buffer.AsSpan(_length));
        _length += utf8.Length;
    }

    private void Append(string json)
    {
        if (Count++ > 0)
        {
            _buffer[_length++] = (byte)',';
        }

        _length += Encoding.UTF8.GetBytes(json, _buffer.AsSpan(_length));
    }

    private void AppendNumber(long number)
    {
        number.TryFormat(_buffer.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }
}
