using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SupportBot.Models;

/// <summary>
/// OpenAI's chat client as <see cref="IChatClient"/>: text in, text out, streamed. Tools, images and response formats are not passed on,
/// so a model behind it can do nothing but write.
/// </summary>
/// <param name="client">The client; its retries should be off where an answer has a deadline.</param>
/// <param name="hasOldTokenLimit">Whether the server only knows <c>max_tokens</c>, which OpenAI's own newer models refuse.</param>
internal sealed class OpenAIChat(ChatClient client, bool hasOldTokenLimit) : IChatClient
{
    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var part in client.CompleteChatStreamingAsync(messages.Select(Translate), Translate(options), cancellationToken))
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(part.ContentUpdate.Select(content => content.Text)))
            {
                ResponseId = part.CompletionId,
                ModelId = part.Model,
                CreatedAt = part.CreatedAt,
                FinishReason = part.FinishReason is { } reason ? Translate(reason) : null,
            };
            if (part.Usage is { } usage)
            {
                update.Contents.Add(new UsageContent(new UsageDetails
                {
                    InputTokenCount = usage.InputTokenCount,
                    OutputTokenCount = usage.OutputTokenCount,
                    TotalTokenCount = usage.TotalTokenCount,
                }));
            }

            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(client) ? client : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The client holds nothing of its own; its transport belongs to whoever made it.
    }

    private static OpenAI.Chat.ChatMessage Translate(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text);

    private static ChatFinishReason Translate(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.ToolCalls,
    };

    private ChatCompletionOptions Translate(ChatOptions? options)
    {
        var translated = new ChatCompletionOptions { Temperature = options?.Temperature, TopP = options?.TopP };
        if (hasOldTokenLimit && options?.MaxOutputTokens is { } limit)
        {
            // The client no longer has a property for it; patching is marked as under evaluation.
#pragma warning disable SCME0001
            translated.Patch.Set("$.max_tokens"u8, limit);
#pragma warning restore SCME0001
        }
        else
        {
            translated.MaxOutputTokenCount = options?.MaxOutputTokens;
        }

        foreach (var stop in options?.StopSequences ?? [])
        {
            translated.StopSequences.Add(stop);
        }

        return translated;
    }
}
