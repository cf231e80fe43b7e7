using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.AgentConsole;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Hosting;
using SupportBot.Reports;
using SupportBot.Turns;
using Citation = SupportBot.Answers.Citation;

namespace SupportBot.Tests.Wire;

/// <summary>One fixed value of every kind of message between the service and its front ends, as the service's own types.</summary>
public static class WireSamples
{
    private const string ConversationId = "7Qm2Vd0cXk4";

    private const string HelpPage = "https://help.example/help/refund-policy";

    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly Evidence Evidence = new(
        ReasonCode.LowConfidence,
        "UnsureOfAnswer",
        "The best article is not sure enough to answer by itself.",
        new IntentEvidence("refund_policy", "Refund policy", 0.6125),
        [new IntentEvidence("returns", "Returning an item", 0.25)],
        [new PassageEvidence("refund-policy", "Refund policy", "Time limit", 7.25, "You can return an unused item within 60 days.")],
        0.4375,
        0.5);

    private static readonly ConversationSummary Summary = new(
        ConversationId, "Aoife Byrne", "directline", "demo", "How long do I have?", "Talk to a person", At.AddMinutes(2), 5,
        "waiting", "orders", "high", "AskedForHuman", At.AddMinutes(1), null, "refund_policy", "T-00001", 9);

    public static Activity Answer { get; } = Stamped(3, Composer.Compose(
        new Decision.Answer(ReasonCode.Answered, Evidence, "refund_policy", DialogueState.Start, "Within **60 days**. [1]", [new Citation(1, "refund-policy", "Refund policy", "You can return an unused item within 60 days.")]),
        AfterTheQuestion(),
        "Pip",
        $"{ConversationId}-0000002"));

    /// <summary>The customer's own message, as it comes back.</summary>
    public static Activity Echo { get; } = Stamped(2, new Activity
    {
        Type = ActivityTypes.Message,
        From = new ChannelAccount { Id = "dl_aoife", Name = "Aoife Byrne", Role = RoleTypes.User },
        Text = "How long do I have?",
        ChannelData = new JsonObject { ["clientActivityID"] = "c-1" },
    });

    public static Activity AgentMessage { get; } = Stamped(7, BotMessages.Message(Author.Agent, "Maeve", "Hello, Maeve here."));

    public static Activity SystemLine { get; } = Stamped(6, BotMessages.SystemLine("Maeve joined the conversation."));

    private static readonly TranscriptEntry BotEntry = Entry(3, Author.Bot, Answer, evidence: JsonSerializer.Serialize(Evidence, JsonSerializerOptions.Web));

    private static readonly TranscriptEntry AgentEntry = Entry(7, Author.Agent, AgentMessage, "agent-0123456789abcdef");

    public static WidgetToken WidgetToken { get; } = new(
        "eyJhbGciOi.sample", ConversationId, 3600, "dl_aoife", "https://help.example/v3/directline", false, new WidgetCompany("Tarn & Trail", "Pip"));

    public static Me Me { get; } = new(
        "a-1", "Maeve", "maeve@help.example", ["Agent", "Manager"],
        new CompanyView("Tarn & Trail", "Pip", "Europe/Dublin", [new QueueView("orders", "Orders and delivery")]));

    public static ConversationPage Conversations { get; } = new(
        [Summary, Summary with { Id = "other", State = "assigned", Assignee = new AgentView("a-1", "Maeve"), WaitingSince = null, Queue = null, Priority = null, ReasonCode = null, Intent = null, TicketNumber = null }],
        "2026-11-20T10:00:00.0000000Z|other",
        new Counts(1, 1));

    public static ConversationDetail Conversation { get; } = new(
        Summary, At, "en", Evidence,
        [
            new TicketView(
                "T-00001", "Make a complaint", "open", "orders", "high", At.AddMinutes(1), new Dictionary<string, string> { ["order_number"] = "TT-123456" },
                "desk", "https://desk.example/tickets/1", "Orla", "The field 'Colour' is unknown there and was left out.",
                [new TicketMessageView(false, true, "Orla", "Ask the warehouse first.", At.AddMinutes(3)), new TicketMessageView(true, false, "Aoife Byrne", "Any news?", At.AddMinutes(4))]),
            new TicketView(null, "Not created yet", "opening", "orders", "normal", At.AddMinutes(2), new Dictionary<string, string>(), "desk", null, null, null, []),
        ],
        [new CorrectionView(2, new IntentChoice("returns", "Returning an item"), "Maeve", At.AddMinutes(3)), new CorrectionView(4, null, "Maeve", At.AddMinutes(4))])
    {
        Draft = new DraftView("Within **60 days**. [1]", [new CitationView(1, "Refund policy", HelpPage)], "Maeve", At.AddMinutes(3), Edited: true),
    };

    public static IReadOnlyList<IntentChoice> Intents { get; } = [new("refund_policy", "Refund policy"), new("returns", "Returning an item")];

    public static LabelPage Labels { get; } = new(
        [
            new LabelView(7, "intent", "agent", "How long do I have?", new IntentChoice("returns", "Returning an item"), null, null, ConversationId, 2, "Maeve", At, "learnt", null),
            new LabelView(6, "intent", "agent", "Do you hire?", null, null, null, ConversationId, 4, "Maeve", At, "measured", null),
            new LabelView(5, "answer", "thumb", "How long do I have?", null, "refund-policy", true, ConversationId, 3, null, At, "left_out", null),
            new LabelView(4, "answer", "outcome", "Is it gone?", null, "gone", false, ConversationId, 9, null, At, "unusable", "There is no such article any more."),
        ],
        "4");

    public static LearningView Learning { get; } = new(
        new LabelCountsView(12, 5, 3, 7, 20),
        new TrainingView(true, "Learning the intents", 30, "Orla", At, "Version 1 does better and is in force."),
        [
            new VersionView(2, "not_taken", At.AddDays(1), null, 12, 4, 2, 14, Figures with { IntentsRight = 9 }, Figures with { IntentsRight = 8 }, "It gets 10 of 14 held-back labels right, and the version in force 11."),
            new VersionView(1, "in_force", At, "Orla", 10, 4, 2, 14, Figures, Figures with { IntentsRight = 9 }, null),
            new VersionView(0, "kept", null, null, 0, 0, 0, 0, null, null, null),
        ],
        false,
        new ConfidenceView(300, 150, 0.03, 0.6125, [new CoveragePoint(0.9, 0.25, 0), new CoveragePoint(0.6125, 0.7, 0.03), new CoveragePoint(0.3, 0.8, 0.0625)]));

    private static LessonFigures Figures => new(11, 5, 3, 2, 0.9375, 0.75, 0.03);

    public static TranscriptPage Transcript { get; } = new(
        [
            Entry(2, Author.Customer, Echo, "c-1"),
            BotEntry,
            Entry(6, Author.System, SystemLine),
            AgentEntry,
        ],
        8,
        false);

    public static ResponseTimes ResponseTimes { get; } = new(
        7, new DateTimeOffset(2026, 11, 14, 0, 0, 0, TimeSpan.Zero), At, "Europe/Dublin", At,
        [
            new MetricReport(
                "bot_first_response", "Bot first response", "From the customer's first message to the bot's first reply.", 60, 2,
                new Percentiles(0.25, 1.5, 1.5), new Percentiles(0, 0, 0), [new Bucket(At.AddDays(-6), 0, null, null, null), new Bucket(At, 2, 0.25, 1.5, 0)])
            {
                WithinTarget = 0.5,
            },
            new MetricReport(
                "resolution", "Resolution", "Until the conversation was resolved.", null, 0,
                new Percentiles(null, null, null), new Percentiles(null, null, null), [new Bucket(At, 0, null, null, null)]),
        ]);

    public static WorkflowFiguresPage Workflows { get; } = new(
        7, new DateTimeOffset(2026, 11, 14, 0, 0, 0, TimeSpan.Zero), At,
        [
            new WorkflowFigures(
                "track_order", "Track an order", "automatic", 12,
                [
                    new WorkflowNode("start", "start", "Start", 12, 12, 0, 0, null, new FallenOut(0, 0, 0, 0, 0)),
                    new WorkflowNode("answer", "answer", "Answer", 4, 4, 0, 0, 0, new FallenOut(0, 0, 0, 0, 0)),
                    new WorkflowNode("order_number", "collect", "Order number", 9, 5, 1, 1, 24.5, new FallenOut(1, 1, 0, 0, 1)),
                    new WorkflowNode("order", "lookup", "Order", 5, 4, 0, 0, 0.25, new FallenOut(0, 0, 0, 1, 0)),
                    new WorkflowNode("say", "say", "Say", 4, 4, 0, 0, 0, new FallenOut(0, 0, 0, 0, 0)),
                    new WorkflowNode("human", "human", "Human", 2, 2, 0, 0, 0, new FallenOut(0, 0, 0, 0, 0)),
                    new WorkflowNode("solved", "solved", "Solved", 0, 0, 0, 0, null, new FallenOut(0, 0, 0, 0, 0)),
                ],
                [
                    new WorkflowEdge("start", "answer", 4), new WorkflowEdge("start", "order_number", 8), new WorkflowEdge("order_number", "order_number", 1),
                    new WorkflowEdge("order_number", "order", 5), new WorkflowEdge("order", "say", 4), new WorkflowEdge("order", "human", 1),
                    new WorkflowEdge("order_number", "human", 1), new WorkflowEdge("say", "solved", 0),
                ]),
        ]);

    /// <summary>A hub event's name and arguments.</summary>
    public static (string Target, object[] Arguments) ActivityAppended { get; } = (nameof(IAgentClient.ActivityAppended), [ConversationId, AgentEntry]);

    public static (string Target, object[] Arguments) ConversationChanged { get; } = (nameof(IAgentClient.ConversationChanged), [Summary]);

    public static Activity Typing { get; } = BotMessages.Typing(Author.Agent, "Maeve");

    private static Conversation AfterTheQuestion()
    {
        var conversation = new Conversation { Id = ConversationId, SiteId = "demo", Channel = ChannelIds.DirectLine, CustomerId = "dl_aoife", CustomerName = "Aoife Byrne", BaseUri = "https://help.example", StartedAt = At, LastAt = At };
        conversation.Append(BotMessages.Message(Author.Bot, "Pip", "Hello."), Author.Bot, At);
        conversation.Append(Activity.Message("How long do I have?"), Author.Customer, At);
        return conversation;
    }

    /// <summary>An activity as the log holds it, read for the console.</summary>
    private static TranscriptEntry Entry(long sequence, Author author, Activity activity, string? clientId = null, string? evidence = null) => TranscriptEntries.ToEntry(new ActivityRecord
    {
        ConversationId = ConversationId,
        Sequence = sequence,
        ActivityId = activity.Id!,
        Type = activity.Type!,
        Author = author,
        ClientId = clientId,
        Json = ActivityJson.Serialize(activity),
        At = At.AddSeconds(sequence),
        Evidence = evidence,
    });

    private static Activity Stamped(long sequence, Activity activity) => ActivityStamp.Apply(activity, ConversationId, sequence, At.AddSeconds(sequence));
}
