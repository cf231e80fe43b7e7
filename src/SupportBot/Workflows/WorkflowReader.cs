using System.Text.RegularExpressions;
using SupportBot.Company;
using SupportBot.Inquiries;

namespace SupportBot.Workflows;

/// <summary>Reads the <c>workflow</c> part of an intent's file.</summary>
public static partial class WorkflowReader
{
    private const int MostSlots = 8;

    private static readonly Dictionary<string, AnswerMode> Modes = new(StringComparer.Ordinal)
    {
        ["automatic"] = AnswerMode.Automatic,
        ["never"] = AnswerMode.Never,
    };

    private static readonly Dictionary<string, Otherwise> Outcomes = new(StringComparer.Ordinal)
    {
        ["human"] = Otherwise.Human,
        ["ticket"] = Otherwise.Ticket,
    };

    private static readonly Dictionary<string, Priority> Priorities = new(StringComparer.Ordinal)
    {
        ["low"] = Priority.Low,
        ["normal"] = Priority.Normal,
        ["high"] = Priority.High,
        ["urgent"] = Priority.Urgent,
    };

    /// <summary>Reads one workflow; mistakes go to the file's problems. Null when there is none to read.</summary>
    /// <param name="map">The intent's file.</param>
    /// <param name="intent">The intent it belongs to.</param>
    /// <param name="queues">The company's queues; empty when they could not be read, then names are not checked.</param>
    public static Workflow? Read(YamlMap map, Intent intent, IReadOnlyList<CompanyQueue> queues)
    {
        if (map.Map("workflow") is not { } workflow)
        {
            return null;
        }

        var mode = workflow.Choice("answer", Modes, AnswerMode.Automatic);
        var otherwise = workflow.Choice("otherwise", Outcomes, Otherwise.Human);
        var queue = workflow.Required("queue");
        if (queue != "" && queues.Count > 0 && queues.All(q => q.Name != queue))
        {
            workflow.Problem("queue", $"there is no queue '{queue}'", $"use one of: {string.Join(", ", queues.Select(q => q.Name))}");
        }

        var priority = workflow.Choice("priority", Priorities, Priority.Normal);
        var slots = ReadSlots(workflow);
        var reply = workflow.Optional("reply");
        if (reply is not null && intent.Articles.Count > 0)
        {
            workflow.Problem("reply", "an intent with a reply has articles as well", "write 'articles: []', or remove the reply");
        }

        workflow.ReportUnknownKeys();
        return new Workflow(intent.Name, mode, otherwise, queue, priority, slots, reply);
    }

    private static List<Slot> ReadSlots(YamlMap workflow)
    {
        var slots = new List<Slot>();
        foreach (var entry in workflow.Maps("collect", required: false))
        {
            var slot = new Slot(entry.Required("name"), entry.Required("prompt"), ReadPattern(entry), entry.Flag("optional", otherwise: false));
            entry.ReportUnknownKeys();
            if (slot.Name != "" && !LowerSnake().IsMatch(slot.Name))
            {
                entry.Problem("name", $"'{slot.Name}' is not a field's name", "use lower case letters, digits and _");
            }

            if (slots.Any(s => s.Name == slot.Name))
            {
                entry.Problem("name", $"the field '{slot.Name}' is listed twice", "remove one of them");
            }

            slots.Add(slot);
        }

        if (slots.Count > MostSlots)
        {
            workflow.Problem("collect", $"{slots.Count} questions are too many", $"ask at most {MostSlots}");
        }

        return slots;
    }

    private static Regex? ReadPattern(YamlMap entry)
    {
        if (entry.Optional("pattern") is not { Length: > 0 } pattern)
        {
            return null;
        }

        try
        {
            // Without backtracking, so that neither a pattern nor a customer's text can make the match slow.
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            entry.Problem("pattern", $"'{pattern}' is not a usable pattern ({error.Message.TrimEnd('.')})",
                "write a .NET regular expression without look-around and back-references");
            return null;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();
}
