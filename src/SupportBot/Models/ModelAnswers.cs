using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SupportBot.Answers.Models;
using SupportBot.Inquiries;

namespace SupportBot.Models;

/// <summary>
/// Has a model put an answer into words. Whatever goes wrong is a refusal with its reason, and the caller's extractive answer stands;
/// what the customer sees on the way has passed every check already. Thread-safe.
/// </summary>
public sealed partial class ModelAnswers
{
    private const int SecretBytes = 8;
    private const int CharactersPerToken = 3;
    private const int LongestTokenCharacters = 8;
    private const double FailureShare = 0.5;
    private const string CheckedLanguage = "en";

    /// <summary>With less than this left, no call is worth its price.</summary>
    private static readonly TimeSpan ShortestCall = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePropertyKey<TimeSpan> Left = new("time left");

    private readonly ModelOptions _options;
    private readonly IChatClient? _client;
    private readonly ModelBudget _budget;
    private readonly ModelMetrics _metrics;
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelAnswers> _logger;

    /// <param name="client">The model; null when answers are not worded by one. A client that the host registers itself wins.</param>
    internal ModelAnswers(ModelOptions options, ModelMetrics metrics, TimeProvider time, ILogger<ModelAnswers> logger, IChatClient? client)
    {
        (_options, _metrics, _time, _logger, _client) = (options, metrics, time, logger, client);
        _budget = new ModelBudget(options.Budget);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureShare,
                MinimumThroughput = options.FailuresBeforeRest,
                SamplingDuration = Sampling,
                BreakDuration = options.Rest,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(args.Context.Properties.GetValue(Left, options.Timeout)),
            })
            .Build();
    }

    /// <summary>Whether there is a model.</summary>
    public bool IsOn => _client is not null;

    /// <summary>
    /// Asks the model. Takes no longer than the time allowed since the customer's message, provided that the client heeds cancellation.
    /// </summary>
    /// <param name="request">The question, whose personal data is redacted here, and what it may be answered from.</param>
    /// <param name="onPartialText">Given the whole checked text so far, each time a sentence has been added to it.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">There is no model, see <see cref="IsOn"/>.</exception>
    public async Task<ModelOutcome> TryWriteAsync(ModelRequest request, Func<string, Task> onPartialText, CancellationToken ct)
    {
        var client = _client ?? throw new InvalidOperationException("No model is configured.");
        var started = _time.GetTimestamp();
        var call = new Call(request with { Question = Redaction.Apply(request.Question) }, _options);
        var outcome = await AskAsync(client, call, onPartialText, ct);
        _metrics.Record(outcome, _time.GetElapsedTime(started), call.Used);
        return outcome;
    }

    private async Task<ModelOutcome> AskAsync(IChatClient client, Call call, Func<string, Task> onPartialText, CancellationToken ct)
    {
        var request = call.Request;
        if (request.Passages.Count == 0)
        {
            return call.Refused(ModelRefusal.NoPassages);
        }

        // In other languages a dropped "not" would go unnoticed.
        if (!IsChecked(request.Locale))
        {
            return call.Refused(ModelRefusal.Language);
        }

        var now = _time.GetUtcNow();
        var left = _options.Timeout - (now - request.AskedAt);
        if (left < ShortestCall)
        {
            return call.Refused(ModelRefusal.TimedOut);
        }

        var day = DateOnly.FromDateTime(now.UtcDateTime);
        if (_budget.Reserve(request.Site, request.Conversation, day, call.Most) is { } exhausted)
        {
            return call.Refused(exhausted);
        }

        var context = ResilienceContextPool.Shared.Get(ct);
        try
        {
            context.Properties.Set(Left, left < _options.Timeout ? left : _options.Timeout);
            return await _pipeline.ExecuteAsync(async c => await StreamAsync(client, call, onPartialText, c.CancellationToken), context);
        }
        catch (BrokenCircuitException)
        {
            return call.Refused(ModelRefusal.CircuitOpen);
        }
        catch (TimeoutRejectedException)
        {
            return call.Refused(ModelRefusal.TimedOut);
        }
        catch (EndOfStreamException)
        {
            return call.Refused(ModelRefusal.Incomplete);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // A provider's message may repeat part of the key, so only the kind of failure is logged.
            LogFailure(e.GetType().Name, (e as System.ClientModel.ClientResultException)?.Status ?? 0);
            return call.Refused(ModelRefusal.Failed);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            _budget.Settle(request.Site, request.Conversation, day, call.Most, call.Used);
        }
    }

    private static bool IsChecked(string locale) => locale.Split('-')[0].Equals(CheckedLanguage, StringComparison.OrdinalIgnoreCase);

    private async Task<ModelOutcome> StreamAsync(IChatClient client, Call call, Func<string, Task> onPartialText, CancellationToken ct)
    {
        ChatMessage[] messages = [new(ChatRole.System, call.Prompt.Rules), new(ChatRole.User, call.Prompt.Data)];
        var options = new ChatOptions { MaxOutputTokens = _options.MaxOutputTokens, Temperature = _options.Temperature };
        ChatFinishReason? finish = null;
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, ct).WithCancellation(ct))
        {
            call.Count(update);
            finish = update.FinishReason ?? finish;
            if (call.Writer.Add(update.Text))
            {
                await onPartialText(call.Writer.Text);
            }

            if (call.Writer.Refusal is not null)
            {
                break;
            }
        }

        // The time-out counts even if the last word came a moment before it was noticed.
        ct.ThrowIfCancellationRequested();
        return call.Writer.Refusal is null && finish is not null && finish != ChatFinishReason.Stop
            ? call.Refused(ModelRefusal.Incomplete)
            : call.Writer.End();
    }

    [LoggerMessage(LogLevel.Warning, "The model failed with {Kind}, HTTP status {Status} (0 when there is none); the article's own sentences are sent")]
    private partial void LogFailure(string kind, int status);

    /// <summary>One call with its prompt, its writer and its count of tokens.</summary>
    private sealed class Call
    {
        private long _characters;
        private long? _reported;

        public Call(ModelRequest request, ModelOptions options)
        {
            Request = request;
            Prompt = ModelPrompt.For(request, RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true), RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true));
            Writer = new GroundedWriter(request.Passages, request.KnownNames, new LeakGuard(Prompt), options.MaxOutputTokens * LongestTokenCharacters);
            Most = PromptTokens + options.MaxOutputTokens;
        }

        public ModelRequest Request { get; }

        public ModelPrompt Prompt { get; }

        public GroundedWriter Writer { get; }

        /// <summary>The most tokens that the call can take.</summary>
        public long Most { get; }

        /// <summary>The tokens that it took: as reported, else estimated; none when nothing came.</summary>
        public long Used => _reported ?? (_characters == 0 ? 0 : PromptTokens + (_characters / CharactersPerToken));

        private long PromptTokens => (Prompt.Rules.Length + Prompt.Data.Length) / CharactersPerToken;

        public void Count(ChatResponseUpdate update)
        {
            _characters += update.Text.Length;
            _reported = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details.TotalTokenCount ?? _reported;
        }

        public ModelOutcome Refused(ModelRefusal reason) => new ModelOutcome.Refused(reason, Writer.Dropped);
    }
}
