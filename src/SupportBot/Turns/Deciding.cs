using System.Text.Json;
using SupportBot.Answers;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Lookups;
using SupportBot.Tickets;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>
/// Has a turn decided: the decision itself is pure, and where it wants something looked up, that is done here and it is decided again with what
/// came of it. Nothing is stored meanwhile, so a crash repeats the look-up with the turn.
/// </summary>
public sealed class Deciding(
    UnderstandingSource understanding, SearchEngines engines, CurrentCompany company, LookupClient lookups, ConversationSignals signals, TimeProvider time, ILogger<Deciding> logger) : IDisposable
{
    /// <summary>What is read of a message, characters; channels let more through than our own.</summary>
    private const int LongestText = 4_000;

    /// <summary>Workflows have fewer; this ends what would be a mistake of ours.</summary>
    private const int MostLookups = 8;

    private const string FileReceived = "Thank you, I have your file and keep it with this conversation. What is it about? A sentence is enough.";

    /// <summary>How long all look-ups of a turn may take together: it must end before its lease does.</summary>
    private static readonly TimeSpan LongestLookingUp = TimeSpan.FromSeconds(20);

    /// <summary>Deciding keeps a processor busy; looking up does not.</summary>
    private readonly SemaphoreSlim _processors = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Whatever goes wrong in here ends with a human: a customer never waits for a reply that does not come.</summary>
    public async Task<Decision> DecideAsync(Conversation conversation, ActivityRecord inbound, Activity activity, CancellationToken ct)
    {
        try
        {
            var state = StateOf(conversation);
            if (Cues.Same(TextOf(activity), TicketDesk.AskTheBot))
            {
                return BackWithTheBot(state);
            }

            var customer = Customers.Of(conversation, activity, state.Memory.Page);
            var decision = await DecideAsync(conversation, activity, state, customer, null, ct);
            if (decision is Decision.LookUp)
            {
                decision = await LookUpAsync(decision, conversation, inbound, activity, customer, ct);
            }

            return decision.ReasonCode == ReasonCode.EmptyText && activity.Attachments is { Count: > 0 } ? decision with { Text = FileReceived } : decision;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "The bot failed in conversation {ConversationId}; a human is brought in", conversation.Id);
            return Fallback.For(company.Facts);
        }
    }

    public void Dispose() => _processors.Dispose();

    private async Task<Decision> DecideAsync(
        Conversation conversation, Activity activity, DialogueState state, CustomerContext customer, LookupOutcome? outcome, CancellationToken ct)
    {
        var (snapshot, text) = (understanding.Current, TextOf(activity));
        var found = await engines.FindAsync(snapshot, text, state, ct);
        await _processors.WaitAsync(ct);
        try
        {
            return snapshot.Decide(text, state, time.GetUtcNow(), conversation.Locale, found, customer, outcome);
        }
        finally
        {
            _processors.Release();
        }
    }

    private async Task<Decision> LookUpAsync(
        Decision decision, Conversation conversation, ActivityRecord inbound, Activity activity, CustomerContext customer, CancellationToken ct)
    {
        var steps = new List<StepTaken>(decision.Steps);
        using var limit = new CancellationTokenSource(LongestLookingUp, time);
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        for (var count = 0; decision is Decision.LookUp lookUp; count++)
        {
            if (count == MostLookups)
            {
                throw new InvalidOperationException($"The process of {decision.Intent} does not come to an end.");
            }

            if (conversation.Channel == ChannelIds.DirectLine)
            {
                signals.PublishEphemeral(conversation.Id, BotMessages.Typing(Author.Bot, company.Facts.Bot));
            }

            var outcome = limit.IsCancellationRequested
                ? new LookupOutcome.Failed("there was no time left for it.")
                : await RunAsync(lookUp.Request, $"{inbound.ActivityId}-{lookUp.Request.Lookup.Name}", looking.Token, ct);
            decision = await DecideAsync(conversation, activity, lookUp.Next, customer, outcome, ct);
            steps.AddRange(decision.Steps);
        }

        return decision with { Steps = steps };
    }

    private async Task<LookupOutcome> RunAsync(LookupRequest request, string key, CancellationToken looking, CancellationToken turn)
    {
        try
        {
            return await lookups.RunAsync(request, key, looking);
        }
        catch (OperationCanceledException) when (!turn.IsCancellationRequested)
        {
            return new LookupOutcome.Failed("there was no time left for it.");
        }
    }

    private static Decision.SmallTalk BackWithTheBot(DialogueState state) => new(
        ReasonCode.SmallTalk,
        new Evidence(ReasonCode.SmallTalk, nameof(BackWithTheBot), "The customer wants to ask the bot again.", null, [], [], null, null),
        null,
        state,
        "Sure, what is it? Your ticket stays open, and answers to it still arrive here.");

    /// <summary>What the bot remembers of the conversation.</summary>
    internal static DialogueState StateOf(Conversation conversation) => conversation.Dialogue.Length == 0
        ? DialogueState.Start
        : JsonSerializer.Deserialize<DialogueState>(conversation.Dialogue) ?? DialogueState.Start;

    /// <summary>What the customer said: text, or what a button without text sent.</summary>
    internal static string TextOf(Activity activity) =>
        !string.IsNullOrWhiteSpace(activity.Text) ? activity.Text[..Math.Min(activity.Text.Length, LongestText)]
        : activity.Value is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? ""
        : "";
}
