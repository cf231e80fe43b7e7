using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Polly;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// Speaks to channels, outside turns too. Whoever calls gives only addresses that came with an activity that was let in:
/// the bot's token goes there. Requests that may succeed later are repeated some times with growing pauses; one whose
/// answer was lost is repeated as well, so that a message may arrive twice rather than never.
/// </summary>
public sealed class ConnectorClient
{
    private readonly IHttpClientFactory _clients;
    private readonly AccessTokens _tokens;
    private readonly ConnectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private readonly TypingPace _typing;

    internal ConnectorClient(IHttpClientFactory clients, AccessTokens tokens, IOptions<ConnectorOptions> options, TimeProvider time)
    {
        _clients = clients;
        _tokens = tokens;
        _options = options.Value;
        _time = time;
        _retry = ConnectorRetry.Create(_options, time);
        _typing = new TypingPace(time);
    }

    /// <summary>
    /// Sends an activity to a conversation. Typing is sent every two seconds at most; what comes sooner is dropped.
    /// </summary>
    /// <param name="serviceUrl">The channel's address, from an activity that was let in.</param>
    /// <param name="conversationId">The conversation's id on the channel.</param>
    /// <param name="replyToId">The activity it answers; <c>null</c> for none.</param>
    /// <param name="activity">The activity; its id is the channel's to give.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The id that the channel gave, if it gave one.</returns>
    /// <exception cref="ConnectorException">The channel did not take it.</exception>
    /// <exception cref="ArgumentException">Nothing may be sent to that address.</exception>
    public async Task<ResourceResponse> SendAsync(
        Uri serviceUrl, string conversationId, string? replyToId, Activity activity, CancellationToken ct)
    {
        var address = ServiceAddress.Activities(Safe(serviceUrl), conversationId, replyToId);
        if (activity.Type == ActivityTypes.Typing && !_typing.MayShow($"{serviceUrl} {conversationId}"))
        {
            return new ResourceResponse(null);
        }

        var body = OutboundActivity.Prepare(activity, id: null);
        return await SendAsync(HttpMethod.Post, address, body, ConnectorJson.Wire.Activity, ConnectorJson.Wire.ResourceResponse, ct)
            ?? new ResourceResponse(null);
    }

    /// <summary>Replaces an activity that was sent.</summary>
    /// <exception cref="ConnectorException">The channel did not take it, perhaps because it cannot.</exception>
    /// <exception cref="ArgumentException">Nothing may be sent to that address.</exception>
    public async Task<ResourceResponse> UpdateAsync(
        Uri serviceUrl, string conversationId, string activityId, Activity activity, CancellationToken ct)
    {
        var address = ServiceAddress.Activities(Safe(serviceUrl), conversationId, activityId);
        var body = OutboundActivity.Prepare(activity, activityId);
        return await SendAsync(HttpMethod.Put, address, body, ConnectorJson.Wire.Activity, ConnectorJson.Wire.ResourceResponse, ct)
            ?? new ResourceResponse(activityId);
    }

    /// <summary>Takes back an activity that was sent.</summary>
    /// <exception cref="ConnectorException">The channel did not do it, perhaps because it cannot.</exception>
    /// <exception cref="ArgumentException">Nothing may be sent to that address.</exception>
    public Task DeleteAsync(Uri serviceUrl, string conversationId, string activityId, CancellationToken ct)
    {
        var address = ServiceAddress.Activities(Safe(serviceUrl), conversationId, activityId);
        return SendAsync(HttpMethod.Delete, address, null, ConnectorJson.Wire.Activity, ConnectorJson.Wire.ResourceResponse, ct);
    }

    /// <summary>Begins a conversation on a channel.</summary>
    /// <exception cref="ConnectorException">The channel did not do it, perhaps because it cannot, or named no conversation.</exception>
    /// <exception cref="ArgumentException">Nothing may be sent to that address.</exception>
    public async Task<ConversationResource> CreateConversationAsync(
        Uri serviceUrl, ConversationParameters parameters, CancellationToken ct)
    {
        var body = parameters with
        {
            Activity = parameters.Activity is { } first ? OutboundActivity.Prepare(first, id: null) : null,
        };
        var created = await SendAsync(
            HttpMethod.Post,
            ServiceAddress.Conversations(Safe(serviceUrl)),
            body,
            ConnectorJson.Wire.ConversationParameters,
            ConnectorJson.Wire.ConversationResource,
            ct);
        return created is { Id.Length: > 0 }
            ? created
            : throw new ConnectorException("The channel answered without the id of the conversation.");
    }

    private static Uri Safe(Uri serviceUrl) => ServiceAddress.IsSafe(serviceUrl)
        ? serviceUrl
        : throw new ArgumentException("An https address is expected (http only on this machine).", nameof(serviceUrl));

    private async Task<TAnswer?> SendAsync<TBody, TAnswer>(
        HttpMethod method, Uri address, TBody? body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken ct)
        where TBody : class
        where TAnswer : class
    {
        var json = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, bodyType);
        var token = await _tokens.GetAsync(ct);
        return await _retry.ExecuteAsync(
            async (call, attemptCt) =>
            {
                using var request = new HttpRequestMessage(call.method, call.address);
                if (call.json is not null)
                {
                    request.Content = new ByteArrayContent(call.json);
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                }

                if (call.token is not null)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.token);
                }

                return await TryAsync(request, call.answerType, attemptCt);
            },
            (method, address, json, token, answerType),
            ct);
    }

    private async Task<TAnswer?> TryAsync<TAnswer>(HttpRequestMessage request, JsonTypeInfo<TAnswer> type, CancellationToken ct)
        where TAnswer : class
    {
        using var patience = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        using var client = _clients.CreateClient(ConnectorServices.HttpClientName);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? await ConnectorAnswer.ReadAsync(response, type, either.Token)
                : throw await ConnectorAnswer.ToExceptionAsync(response, _time.GetUtcNow(), either.Token);
        }
        catch (HttpRequestException exception)
        {
            throw new ConnectorException("The channel cannot be reached.", exception) { IsTransient = true };
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ConnectorException("The channel did not answer in time.", exception) { IsTransient = true };
        }
    }
}
