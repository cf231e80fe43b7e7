using System.Text;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>
/// A reply that is shown while it is being written, where the channel can; elsewhere only the finished one is sent. Not
/// more often than its pace: what comes sooner is shown with the next part. For one writer.
/// </summary>
public sealed class LiveReply
{
    private readonly TurnContext _turn;
    private readonly TimeSpan _pace;
    private readonly TimeProvider _time;
    private readonly StringBuilder _text = new();
    private DateTimeOffset? _shownAt;
    private int _shown;
    private string? _streamId;
    private bool _isFinished;

    internal LiveReply(TurnContext turn, TimeSpan pace, TimeProvider time)
    {
        _turn = turn;
        _pace = pace;
        _time = time;
    }

    /// <summary>Writes on.</summary>
    /// <exception cref="InvalidOperationException">The reply is finished.</exception>
    public async Task AppendAsync(string more, CancellationToken ct = default)
    {
        ThrowIfFinished();
        _text.Append(more);
        var cannotBeShown = _shown > 0 && _streamId is null;
        var now = _time.GetUtcNow();
        if (cannotBeShown || _text.Length == 0 || now - _shownAt < _pace)
        {
            return;
        }

        _shownAt = now;
        _shown++;
        var part = LiveStream.Part(_text.ToString(), _shown, _streamId);
        var id = await _turn.Adapter.ShowAsync(_turn, part.InReplyTo(_turn.Activity), ct);
        _streamId ??= id;
    }

    /// <summary>Sends the finished reply, which takes the place of what was shown. Its text is said by itself.</summary>
    /// <exception cref="InvalidOperationException">The reply is finished.</exception>
    public Task<ResourceResponse> FinishAsync(Activity final, CancellationToken ct = default)
    {
        ThrowIfFinished();
        _isFinished = true;
        return _turn.SendActivityAsync(_streamId is null ? final : LiveStream.Final(final, _streamId), ct);
    }

    /// <summary>Sends what was written as the finished reply.</summary>
    /// <exception cref="InvalidOperationException">The reply is finished.</exception>
    public Task<ResourceResponse> FinishAsync(CancellationToken ct = default) => FinishAsync(Activity.Message(_text.ToString()), ct);

    private void ThrowIfFinished()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("The reply is finished.");
        }
    }
}
