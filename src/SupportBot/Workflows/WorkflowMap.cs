namespace SupportBot.Workflows;

/// <summary>What a step of a process does.</summary>
public enum StepKind
{
    /// <summary>Where every process begins.</summary>
    Start,

    /// <summary>Asks the customer for something.</summary>
    Collect,

    /// <summary>Asks one of the company's systems.</summary>
    Lookup,

    /// <summary>Says what was looked up.</summary>
    Say,

    /// <summary>Answers from an article.</summary>
    Answer,

    /// <summary>Opens a ticket.</summary>
    Ticket,

    /// <summary>Brings in a human.</summary>
    Human,

    /// <summary>The customer says that it is settled.</summary>
    Solved,

    /// <summary>A step that the workflow had once.</summary>
    Gone,
}

/// <summary>A step of a process's map.</summary>
public sealed record MapStep(string Id, StepKind Kind);

/// <summary>
/// A workflow's process as a map: its steps in the order in which customers meet them, and the ways between them when all goes well.
/// </summary>
/// <param name="Steps">The steps; the first is the start.</param>
/// <param name="Ways">From and to, by the steps' ids.</param>
public sealed record WorkflowMap(IReadOnlyList<MapStep> Steps, IReadOnlyList<(string From, string To)> Ways)
{
    /// <summary>The id of the first step.</summary>
    public const string Start = "start";

    /// <summary>Draws a workflow.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="answers">Whether articles may answer the intent.</param>
    public static WorkflowMap Of(Workflow workflow, bool answers)
    {
        var steps = new List<MapStep> { new(Start, StepKind.Start) };
        var ways = new List<(string, string)>();
        var last = Start;
        if (answers && workflow.Answer == AnswerMode.Automatic)
        {
            steps.Add(new MapStep("answer", StepKind.Answer));
            ways.Add((Start, "answer"));
            ways.Add(("answer", "solved"));
        }

        void Pass(string id, StepKind kind)
        {
            steps.Add(new MapStep(id, kind));
            ways.Add((last, id));
            last = id;
        }

        var waiting = workflow.Lookups.ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slot in workflow.Slots.Where(_ => Collects(workflow)))
        {
            Pass(slot.Name, StepKind.Collect);
            known.Add(slot.Name);
            foreach (var lookup in waiting.Where(l => l.Needs.Where(n => workflow.Slots.Any(s => s.Name == n)).All(known.Contains)).ToList())
            {
                Pass(lookup.Name, StepKind.Lookup);
                waiting.Remove(lookup);
            }
        }

        foreach (var lookup in waiting)
        {
            Pass(lookup.Name, StepKind.Lookup);
        }

        if (workflow.Say.Count > 0)
        {
            Pass("say", StepKind.Say);
            ways.Add(("say", "solved"));
        }

        var ticket = workflow.Ticket?.When == TicketWhen.Always || workflow.Otherwise == Otherwise.Ticket;
        if (ticket)
        {
            steps.Add(new MapStep("ticket", StepKind.Ticket));
            ways.Add((last, "ticket"));
        }
        else if (last != "say")
        {
            ways.Add((last, "human"));
        }

        steps.Add(new MapStep("human", StepKind.Human));
        steps.Add(new MapStep("solved", StepKind.Solved));
        return new WorkflowMap(steps, [.. ways.Distinct()]);
    }

    /// <summary>Without a ticket and without anything to look up, what could be collected is asked only of those who want a ticket.</summary>
    private static bool Collects(Workflow workflow) => workflow.Answer == AnswerMode.Never || workflow.Otherwise == Otherwise.Ticket || workflow.LooksUp;
}
