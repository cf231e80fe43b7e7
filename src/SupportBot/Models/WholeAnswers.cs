using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SupportBot.Models;

/// <summary>
/// Tells an answer that ended from one that broke off. A connection that is closed in the middle of a stream can look like its end; a
/// finish reason comes with the end only.
/// </summary>
internal sealed class WholeAnswers(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var hasEnded = false;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            hasEnded |= update.FinishReason is not null;
            yield return update;
        }

        if (!hasEnded)
        {
            throw new EndOfStreamException("The model's answer broke off.");
        }
    }
}
