using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>Reads how a workflow ends: what is said, the ticket, and what is done when a step fails.</summary>
internal static class OutcomeReader
{
    private const int MostSentences = 10;
    private const int MostTags = 20;
    private const int MostFields = 30;

    private static readonly Dictionary<string, TicketWhen> Moments = new(StringComparer.Ordinal)
    {
        ["unanswered"] = TicketWhen.Unanswered,
        ["always"] = TicketWhen.Always,
    };

    private static readonly Dictionary<string, FallbackKind> Kinds = new(StringComparer.Ordinal)
    {
        ["human"] = FallbackKind.Human,
        ["ticket"] = FallbackKind.Ticket,
    };

    /// <summary><c>fallback: human</c>, <c>fallback: ticket</c>, or <c>fallback: { say: ... }</c>.</summary>
    public static StepFallback ReadFallback(YamlMap step)
    {
        if (!step.HasMap("fallback"))
        {
            return step.Has("fallback") ? new StepFallback(step.Choice("fallback", Kinds, FallbackKind.Human), "") : StepFallback.ToHuman;
        }

        var fallback = step.Map("fallback")!;
        var text = fallback.Required("say");
        fallback.ReportUnknownKeys();
        return new StepFallback(FallbackKind.Say, text);
    }

    /// <summary>One sentence, or several with the conditions under which each is said.</summary>
    public static IReadOnlyList<Sentence> ReadSay(YamlMap workflow, ValueNames names)
    {
        if (!workflow.HasList("say"))
        {
            return workflow.Optional("say") is { Length: > 0 } text ? [Sentence(workflow, "say", text, NoConditions, names)] : [];
        }

        var sentences = new List<Sentence>();
        foreach (var entry in workflow.Maps("say"))
        {
            var conditions = entry.Map("when", required: false) is { } when ? ReadConditions(when, names) : NoConditions;
            if (sentences.Exists(s => s.When.Count == 0 && !s.Text.Names.Any()))
            {
                entry.Problem("text", "a sentence before this one always fits, so this one is never said", "give the one before a condition, or put it last");
            }

            sentences.Add(Sentence(entry, "text", entry.Required("text"), conditions, names));
            entry.ReportUnknownKeys();
        }

        if (sentences.Count > MostSentences)
        {
            workflow.Problem("say", $"{sentences.Count} sentences are too many", $"write at most {MostSentences}");
        }

        return sentences;
    }

    public static TicketStep? ReadTicket(YamlMap workflow, ValueNames names, IReadOnlyList<CompanyQueue> queues)
    {
        if (workflow.Map("ticket", required: false) is not { } ticket)
        {
            return null;
        }

        var tags = ticket.Texts("tags", required: false);
        if (tags.Count > MostTags)
        {
            ticket.Problem("tags", $"{tags.Count} tags are too many", $"write at most {MostTags}");
        }

        var assignee = ticket.Optional("assignee");
        var step = new TicketStep(
            ticket.Has("when") ? ticket.Choice("when", Moments, TicketWhen.Unanswered) : TicketWhen.Unanswered,
            ticket.Has("queue") ? WorkflowReader.ReadQueue(ticket, queues) : null,
            ticket.Has("priority") ? ticket.Choice("priority", WorkflowReader.Priorities, Priority.Normal) : null,
            [.. tags.Select(t => t.Text)],
            ReadFields(ticket, names),
            assignee is "none" ? null : assignee);
        ticket.ReportUnknownKeys();
        return step;
    }

    private static Dictionary<string, string> NoConditions => [];

    private static Sentence Sentence(YamlMap map, string key, string text, Dictionary<string, string> conditions, ValueNames names)
    {
        var template = new Template(text);
        names.Check(map, key, template);
        foreach (var setting in template.Settings)
        {
            map.Problem(key, $"'${{{setting}}}' would tell customers a secret", $"write {{{setting}}} for a value, without the $");
        }

        return new Sentence(conditions, template);
    }

    private static Dictionary<string, string> ReadConditions(YamlMap when, ValueNames names)
    {
        var conditions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in when.Names)
        {
            if (!names.Has(name))
            {
                when.Problem(name, $"nothing gives the value '{name}'", "name a slot or a variable of a look-up");
            }

            conditions[name] = when.Required(name);
        }

        return conditions;
    }

    private static Dictionary<string, Template> ReadFields(YamlMap ticket, ValueNames names)
    {
        var fields = new Dictionary<string, Template>(StringComparer.Ordinal);
        if (ticket.Map("fields", required: false) is not { } map)
        {
            return fields;
        }

        foreach (var name in map.Names)
        {
            var template = new Template(map.Required(name));
            names.Check(map, name, template);
            fields[name] = template;
        }

        if (fields.Count > MostFields)
        {
            ticket.Problem("fields", $"{fields.Count} fields are too many", $"write at most {MostFields}");
        }

        return fields;
    }
}
