using System.Text.RegularExpressions;
using SupportBot.Company;
using SupportBot.Inquiries;

namespace SupportBot.Workflows;

/// <summary>What a look-up needs that the configuration does not give: the look-up's key, what is missing and what to do.</summary>
public delegate IEnumerable<(string Key, string Message, string Fix)> MissingSettings(Lookup lookup);

/// <summary>Reads the <c>workflow</c> part of an intent's file. <c>knowledge/workflow.schema.json</c> says the same to editors.</summary>
public static partial class WorkflowReader
{
    private const int MostVariants = 20;
    private const int MostPhrases = 50;
    private const int MostMinutes = 60 * 24 * 60;

    private static readonly Dictionary<string, AnswerMode> Modes = new(StringComparer.Ordinal)
    {
        ["automatic"] = AnswerMode.Automatic,
        ["draft"] = AnswerMode.Draft,
        ["never"] = AnswerMode.Never,
    };

    private static readonly Dictionary<string, Otherwise> Outcomes = new(StringComparer.Ordinal)
    {
        ["human"] = Otherwise.Human,
        ["ticket"] = Otherwise.Ticket,
    };

    /// <summary>The keys of an override that decide which steps can be reached.</summary>
    private static readonly string[] ChangingKeys = ["answer", "collect", "lookups", "say", "own_case", "reply", "follow_up"];

    internal static Dictionary<string, Priority> Priorities { get; } = new(StringComparer.Ordinal)
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
    /// <param name="missing">What the configuration does not give that a look-up needs; null leaves that unchecked.</param>
    public static Workflow? Read(YamlMap map, Intent intent, IReadOnlyList<CompanyQueue> queues, MissingSettings? missing = null)
    {
        if (map.Map("workflow") is not { } keys)
        {
            return null;
        }

        var workflow = ReadKeys(keys, null, intent, queues, missing);
        var variants = ReadVariants(keys, workflow, intent, queues, missing);
        keys.ReportUnknownKeys();
        return workflow with { Variants = variants };
    }

    /// <summary>A queue's name that is there and known.</summary>
    internal static string ReadQueue(YamlMap map, IReadOnlyList<CompanyQueue> queues)
    {
        var queue = map.Required("queue");
        if (queue != "" && queues.Count > 0 && queues.All(q => q.Name != queue))
        {
            map.Problem("queue", $"there is no queue '{queue}'", $"use one of: {string.Join(", ", queues.Select(q => q.Name))}");
        }

        return queue;
    }

    /// <summary>The name of a slot, a look-up or a variable.</summary>
    internal static bool IsName(string name) => LowerSnake().IsMatch(name);

    private static List<WorkflowVariant> ReadVariants(YamlMap keys, Workflow workflow, Intent intent, IReadOnlyList<CompanyQueue> queues, MissingSettings? missing)
    {
        var variants = new List<WorkflowVariant>();
        foreach (var entry in keys.Maps("overrides", required: false))
        {
            var (site, locale, group) = (entry.Optional("site"), entry.Optional("locale"), entry.Optional("group"));
            if (site is null && locale is null && group is null)
            {
                entry.Problem("site", "this override says for whom it is nowhere", "add site, locale or group");
            }

            if (variants.Any(v => (v.Site, v.Locale, v.Group) == (site, locale, group)))
            {
                entry.Problem("site", "there is another override for the same customers", "make one of the two");
            }

            variants.Add(new WorkflowVariant(site, locale, group, ReadKeys(entry, workflow, intent, queues, missing)));
            entry.ReportUnknownKeys();
        }

        if (variants.Count > MostVariants)
        {
            keys.Problem("overrides", $"{variants.Count} overrides are too many", $"write at most {MostVariants}");
        }

        return variants;
    }

    /// <param name="basis">The workflow that an override changes, which need not say everything again; null for the workflow itself.</param>
    private static Workflow ReadKeys(YamlMap map, Workflow? basis, Intent intent, IReadOnlyList<CompanyQueue> queues, MissingSettings? missing)
    {
        var mode = basis is null || map.Has("answer") ? map.Choice("answer", Modes, AnswerMode.Automatic) : basis.Answer;
        var otherwise = basis is null || map.Has("otherwise") ? map.Choice("otherwise", Outcomes, Otherwise.Human) : basis.Otherwise;
        var queue = basis is null || map.Has("queue") ? ReadQueue(map, queues) : basis.Queue;
        var priority = basis is null || map.Has("priority") ? map.Choice("priority", Priorities, Priority.Normal) : basis.Priority;
        var slots = basis is null || map.Has("collect") ? SlotReader.Read(map) : basis.Slots;
        var reply = map.Optional("reply") ?? basis?.Reply;
        if (reply is not null && intent.Articles.Count > 0)
        {
            map.Problem("reply", "an intent with a reply has articles as well", "write 'articles: []', or remove the reply");
        }

        var lookups = basis is null || map.Has("lookups") ? LookupReader.Read(map, slots, missing) : basis.Lookups;
        var names = new ValueNames(slots, lookups);
        var workflow = new Workflow(intent.Name, mode, otherwise, queue, priority, slots, reply)
        {
            Lookups = lookups,
            Say = basis is null || map.Has("say") ? OutcomeReader.ReadSay(map, names) : basis.Say,
            Ticket = basis is null || map.Has("ticket") ? OutcomeReader.ReadTicket(map, names, queues) : basis.Ticket,
            Clocks = basis is null || map.Has("clocks") ? ReadClocks(map) : basis.Clocks,
            FollowUp = basis is null || map.Has("follow_up") ? ReadFollowUp(map) : basis.FollowUp,
            OwnCase = basis is null || map.Has("own_case") ? ReadOwnCase(map) : basis.OwnCase,
        };
        if (basis is null || ChangingKeys.Any(map.Has))
        {
            names.CheckOnce(map, lookups);
            CheckInherited(map, workflow, basis, names);
            Check(map, workflow);
        }

        return workflow;
    }

    /// <summary>What an override leaves as it was must still find the values that it names.</summary>
    private static void CheckInherited(YamlMap map, Workflow workflow, Workflow? basis, ValueNames names)
    {
        if (basis is not null && map.Has("collect"))
        {
            var inherited = (map.Has("say") ? [] : workflow.Say.Select(s => s.Text)).Concat(map.Has("lookups") ? [] : workflow.Lookups.Select(l => l.Url));
            foreach (var template in inherited)
            {
                names.Check(map, "collect", template);
            }
        }
    }

    private static IReadOnlyList<string> ReadOwnCase(YamlMap map)
    {
        var phrases = map.Texts("own_case", required: false);
        if (phrases.Count > MostPhrases)
        {
            map.Problem("own_case", $"{phrases.Count} phrases are too many", $"write at most {MostPhrases}");
        }

        return [.. phrases.Select(p => p.Text)];
    }

    /// <summary>Steps that could never be reached.</summary>
    private static void Check(YamlMap map, Workflow workflow)
    {
        if (workflow.FollowUp is not null && workflow.Answer == AnswerMode.Never && workflow.Say.Count == 0)
        {
            map.Problem("follow_up", "the bot never answers here by itself, so nobody is ever asked", "remove follow_up, or write 'answer: automatic' or say");
        }

        if (workflow.OwnCase.Count > 0 && !workflow.LooksUp)
        {
            map.Problem("own_case", "there is nothing to look up or to say for customers who ask about their own case", "add lookups or say, or remove own_case");
        }

        if (workflow.OwnCase.Count > 0 && workflow.Answer == AnswerMode.Never)
        {
            map.Problem("own_case", "every message starts this process, because the bot never answers from articles", "remove own_case, or write 'answer: automatic'");
        }

        if (workflow.Reply is not null && workflow.LooksUp)
        {
            map.Problem("reply", "small talk is answered at once: nothing is ever looked up", "remove the reply, or lookups and say");
        }
    }

    private static WorkflowClocks? ReadClocks(YamlMap map)
    {
        if (map.Map("clocks", required: false) is not { } clocks)
        {
            return null;
        }

        var read = new WorkflowClocks(Minutes(clocks, "first_response"), Minutes(clocks, "resolution"), clocks.Flag("business_hours", otherwise: true));
        if (read is { FirstResponse: null, Resolution: null })
        {
            clocks.Problem("first_response", "there is no target", "add first_response or resolution, in minutes");
        }

        clocks.ReportUnknownKeys();
        return read;
    }

    private static FollowUp? ReadFollowUp(YamlMap map)
    {
        if (map.Map("follow_up", required: false) is not { } followUp)
        {
            return null;
        }

        var read = new FollowUp(
            followUp.Required("ask"),
            TimeSpan.FromMinutes(followUp.Number("after", 1, MostMinutes)),
            Minutes(followUp, "close_after"),
            OutcomeReader.ReadFallback(followUp));
        followUp.ReportUnknownKeys();
        return read;
    }

    private static TimeSpan? Minutes(YamlMap map, string key) => map.Has(key) ? TimeSpan.FromMinutes(map.Number(key, 1, MostMinutes)) : null;

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();
}
