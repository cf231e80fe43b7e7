using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// One connected client. Sending and receiving run side by side: the sender reads the log after the watermark, sends, and
/// waits to be woken; the receiver only notices that the client has gone. Whichever ends first ends the other: the
/// receiver stops the subscription, the sender closes the socket. There are no tokens and timers for that, because most
/// streams are idle and there are thousands of them.
/// </summary>
internal sealed partial class ActivityStream(
    WebSocket socket,
    ConversationSubscription subscription,
    IActivityLog log,
    DirectLineOptions options,
    TimeProvider time,
    ILogger<ActivityStream> logger)
{
    // Clients send nothing but empty keep-alive frames.
    private const int MaxClientMessage = 4 * 1024;
    private const int ReceiveBuffer = 16;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;

    /// <summary>Runs until the client leaves, the host stops or the conversation ends.</summary>
    public async Task RunAsync(long after, CancellationToken stopping)
    {
        var receiving = ReceiveAsync();
        await SendAllAsync(after, stopping);
        await CloseAsync(stopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : _status, receiving);
    }

    private async Task SendAllAsync(long after, CancellationToken stopping)
    {
        try
        {
            long? announced = after;
            while (announced is not null
                && !subscription.IsStopped
                && await log.ReadAsync(subscription.ConversationId, after, options.PageSize, stopping) is { } page)
            {
                after = await SendPageAsync(page, after);
                if (page.Items.Count == 0 || after >= page.LastSequence)
                {
                    announced = await WaitForMoreAsync(after, announced.Value);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // The host stops, or the client is gone or does not read.
        }
        catch (Exception exception)
        {
            // The log is out of order; the client reconnects by itself and reads on where it was.
            LogFault(exception, subscription.ConversationId);
            _status = WebSocketCloseStatus.InternalServerError;
        }
    }

    private async ValueTask<long> SendPageAsync(ActivityPage page, long after)
    {
        var next = 0;
        while (next < page.Items.Count)
        {
            // One each: directlinejs hands out the activities of one frame side by side with those of the next.
            using var frame = ActivityFrame.Create(page.Items, next, after, most: 1);
            if (frame.Count > 0)
            {
                await SendAsync(frame.Utf8);
            }

            next = frame.Next;
            after = frame.Last;
        }

        return after;
    }

    /// <summary>
    /// Waits, and meanwhile sends what is not in the log. What was announced and could not be read yet must not be waited
    /// for in a busy loop: it is looked for again when the stream is quiet.
    /// </summary>
    /// <returns>The last sequence announced; <c>null</c> when the conversation has ended.</returns>
    private async ValueTask<long?> WaitForMoreAsync(long after, long announced)
    {
        while (true)
        {
            var signal = await subscription.WaitAsync(Math.Max(after, announced), options.KeepAlive, CancellationToken.None);
            switch (signal.Kind)
            {
                case SignalKind.Stored:
                    return signal.Sequence;
                case SignalKind.Ephemeral:
                    await SendEphemeralAsync(signal.Activity!, after);
                    break;
                case SignalKind.Quiet:
                    await SendAsync(ReadOnlyMemory<byte>.Empty);
                    if (after < announced)
                    {
                        return announced;
                    }

                    break;
                case SignalKind.Ended:
                    return null;
            }
        }
    }

    private async ValueTask SendEphemeralAsync(Activity activity, long after)
    {
        // Ordered behind what this client has seen.
        var placed = activity with { ChannelData = ActivityStamp.Sequenced(activity.ChannelData, after) };
        using var frame = ActivityFrame.CreateEphemeral(ActivityJson.Serialize(placed));
        await SendAsync(frame.Utf8);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> utf8)
    {
        var sending = socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return sending.IsCompletedSuccessfully ? sending : SendInTimeAsync(sending.AsTask());
    }

    // A client that does not read must not hold memory for ever. Its frame is given back when the socket has let go of it.
    private async ValueTask SendInTimeAsync(Task sending)
    {
        try
        {
            await sending.WaitAsync(options.SendTimeout, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[ReceiveBuffer];
        var received = 0;
        try
        {
            while (received <= MaxClientMessage)
            {
                var frame = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (frame.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                received = frame.EndOfMessage ? 0 : received + frame.Count;
            }

            _status = WebSocketCloseStatus.MessageTooBig;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Gone without a word.
        }
        finally
        {
            subscription.Stop();
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, Task receiving)
    {
        try
        {
            using var timeout = new CancellationTokenSource(CloseTimeout, time);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, null, timeout.Token);
            }

            await receiving.WaitAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
            await receiving;
        }
    }

    [LoggerMessage(LogLevel.Error, "The stream of conversation {ConversationId} failed.")]
    private partial void LogFault(Exception exception, string conversationId);
}
