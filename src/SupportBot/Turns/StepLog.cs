using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>Writes down which steps of processes a turn entered and left, in the turn's own commit.</summary>
internal static class StepLog
{
    public static async Task AddAsync(SupportBotDb db, string conversationId, IReadOnlyList<StepTaken> steps, CancellationToken ct)
    {
        // What a turn enters and leaves is one row.
        var passed = steps.Where(s => s.Left is not null).Select(KeyOf).ToHashSet();
        foreach (var step in steps.Where(s => s.Left is not null || !passed.Contains(KeyOf(s))))
        {
            var open = step.Left is null
                ? null
                : await db.WorkflowSteps.FirstOrDefaultAsync(
                    s => s.ConversationId == conversationId && s.Run == step.Run && s.Step == step.Step && s.EnteredAt == step.Entered && s.LeftAt == null, ct);
            if (open is null)
            {
                db.WorkflowSteps.Add(open = new WorkflowStep
                {
                    ConversationId = conversationId,
                    Intent = step.Intent,
                    Run = step.Run,
                    Step = step.Step,
                    EnteredAt = step.Entered,
                });
            }

            (open.LeftAt, open.Outcome) = (step.Left, step.Outcome?.ToString());
        }
    }

    private static (int Run, string Step, DateTimeOffset Entered) KeyOf(StepTaken step) => (step.Run, step.Step, step.Entered);
}
