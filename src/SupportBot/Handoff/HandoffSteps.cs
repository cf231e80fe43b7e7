using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Handoff;

/// <summary>The steps of a handoff in a unit of work, whoever takes them: an agent at our console or an external hub.</summary>
internal static class HandoffSteps
{
    public static void Accept(SupportBotDb db, Conversation conversation, HandoffRecord handoff, ActingAgent agent, CurrentCompany company, DateTimeOffset now)
    {
        handoff.State = HandoffState.Accepted;
        handoff.AcceptedAt = now;
        handoff.AgentId = agent.Id;
        handoff.AgentName = agent.Name;
        Time(db, conversation, handoff, conversation.Clock.Claimed(now), company);
        db.Append(conversation, BotMessages.SystemLine($"{agent.Name} joined the conversation."), Author.System, now);
    }

    /// <summary>Ends the human part; the bot answers again.</summary>
    public static void Close(SupportBotDb db, Conversation conversation, HandoffRecord handoff, string by, CurrentCompany company, DateTimeOffset now)
    {
        handoff.State = HandoffState.Closed;
        handoff.ClosedAt = now;
        conversation.Owner = ConversationOwner.Bot;
        conversation.Dialogue = "";
        Time(db, conversation, handoff, conversation.Clock.Resolved(now), company);
        var line = $"{by} closed the conversation. If you need anything else, just write: {company.Facts.Bot} answers.";
        db.Append(conversation, BotMessages.SystemLine(line), Author.System, now);
    }

    public static void Time(SupportBotDb db, Conversation conversation, HandoffRecord handoff, IReadOnlyList<Span> spans, CurrentCompany company) =>
        db.Timings.AddRange(spans.Select(s => s.ToTiming(conversation, company.Hours, handoff.Queue, handoff.AgentName)));
}
