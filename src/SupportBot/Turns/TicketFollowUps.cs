using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>After a ticket was solved: plans the question whether all is well where the workflow wants it. The tickets know no workflows.</summary>
public sealed class TicketFollowUps(UnderstandingSource understanding, CurrentCompany company, TimeProvider time) : IOutboxEffect
{
    public string Kind => FollowUpRow.TicketKind;

    public Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct) => Task.FromResult(new Delivery(async db =>
    {
        var sequence = JsonSerializer.Deserialize<long>(row.Payload);
        var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == row.ConversationId, ct);
        if (conversation?.LastSequence == sequence && WorkflowOf(conversation)?.FollowUp is { } followUp)
        {
            await FollowUps.PlanAsync(db, conversation, row.Key, followUp, time.GetUtcNow(), ct);
        }
    }));

    private Workflow? WorkflowOf(Conversation conversation) =>
        conversation.Intent is { } intent && understanding.Current.Workflows.TryGetValue(intent, out var workflow)
            ? workflow.For(conversation.SiteId, conversation.Locale ?? company.Facts.Locale, conversation.Facts.GetValueOrDefault("group"))
            : null;
}
