using System.Globalization;
using System.Text.Json.Nodes;
using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Tests.Peers;
using SupportBot.Tests.Running;
using SupportBot.Workflows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SupportBot.Tests.Workflows;

/// <summary>What the published schema says to editors is what the reader says.</summary>
public sealed class SchemaTests
{
    private const string Sound =
        """
        name: thing
        title: A thing
        articles: []
        examples: [one thing, two things, three things, four things, five things]
        workflow:
          answer: never
          otherwise: ticket
          queue: orders
          priority: high
          collect:
            - { name: order_number, prompt: Which?, pattern: 'TT-\d+', optional: false, invalid: No., fallback: ticket }
            - { name: day, prompt: When?, type: date, past: true }
            - { name: colour, prompt: Colour?, type: choice, choices: [Red, Green], fallback: { say: Sorry } }
          lookups:
            - name: order
              method: POST
              url: "https://api.shop.example/orders/{order_number}"
              headers: { Authorization: "Bearer ${TOKEN}" }
              body: { n: "{order_number}" }
              timeout: 5
              variables: { status: $.status }
              slot: order_number
              not_found: None.
          say:
            - { when: { status: x }, text: "X {status}" }
            - { text: "Y {status}" }
          ticket: { when: always, queue: orders, priority: low, tags: [a], fields: { A b: "{status}" }, assignee: none }
          clocks: { first_response: 15, resolution: 480, business_hours: true }
          follow_up: { ask: Well?, after: 10, close_after: 1440, fallback: human }
          overrides:
            - { locale: de, queue: orders }
            - { site: shop, group: trade, answer: draft, otherwise: human, priority: urgent, collect: [], lookups: [], say: Hm, ticket: {}, clocks: { resolution: 1 } }
        """;

    private static readonly string[] Structural =
    [
        "answer: never|answer: perhaps", "otherwise: ticket|otherwise: nobody", "priority: high|priority: higher", "queue: orders|queue: []", "title: A thing|titel: A thing",
        "name: thing|name: A-Thing", "examples: [one thing, |examples: [", "articles: []|articles: x", "  answer: never\n|", "optional: false|optional: maybe",
        "prompt: Which?, |", "type: date, past|past", "type: date|type: day", "past: true|past: perhaps", ", choices: [Red, Green]|", "choices: [Red, Green]|choices: [Red]",
        "type: choice, choices|type: number, choices", "pattern: 'TT-\\d+'|type: email, pattern: 'TT'", "fallback: ticket|fallback: nobody", "{ say: Sorry }|{ shout: Sorry }", "method: POST|method: DELETE",
        "method: POST|method: GET", "timeout: 5|timeout: 50", "timeout: 5|timeout: soon", "variables: { status: $.status }|variables: {}", "status: $.status|Status: $.status", "status: $.status|status: status",
        "slot: order_number\n|\n", "not_found: None.\n|\n", "text: \"X {status}\"|txt: \"X {status}\"", "when: always|when: never", "tags: [a]|tags: a", "first_response: 15|first_response: 0",
        "business_hours: true|business_hours: sometimes", "first_response: 15, resolution: 480, |", "ask: Well?, |", "after: 10|after: ten", "close_after: 1440|close_after: -1", "locale: de, queue|queue",
        "locale: de|language: de", "collect: [], lookups|overrides: [], lookups", "headers: { Authorization: \"Bearer ${TOKEN}\" }|headers: none",
    ];

    private static readonly string[] Meaning =
    [
        "queue: orders|queue: nobody", "{order_number}\"\n|{order}\"\n", "slot: order_number|slot: order", "text: \"X {status}\"|text: \"X {state}\"", "{ status: x }|{ state: x }",
        "url: \"https://api.shop.example|url: \"http://api.shop.example", "pattern: 'TT-\\d+'|pattern: '('", "status: $.status|status: '$.['", "Bearer ${TOKEN}|Bearer {order_number}", "name: day|name: order_number",
    ];

    [Fact]
    public async Task The_sample_company_is_sound_by_schema_and_by_reader()
    {
        var files = Directory.GetFiles(Path.Combine(Service.SampleCompany, "intents"), "*.yaml");
        files.Length.ShouldBeGreaterThan(40);
        files.ShouldAllBe(f => File.ReadLines(f).First() == "# yaml-language-server: $schema=../workflow.schema.json");

        var said = await BySchemaAsync([.. files.Select(File.ReadAllText)]);

        said.Zip(files).Where(s => s.First.Length > 0).Select(s => $"{Path.GetFileName(s.Second)}: {s.First}").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sound_file_is_sound_for_both()
    {
        ByReader(Sound).ShouldBeEmpty();
        (await BySchemaAsync([Sound])).ShouldBe([""]);
    }

    [Fact]
    public async Task What_is_of_the_wrong_form_is_refused_by_both()
    {
        var broken = Structural.Select(Break).ToList();
        var said = await BySchemaAsync(broken);
        for (var i = 0; i < broken.Count; i++)
        {
            said[i].ShouldNotBeEmpty(Structural[i]);
            ByReader(broken[i]).ShouldNotBeEmpty(Structural[i]);
        }
    }

    [Fact]
    public async Task What_means_nothing_is_refused_by_the_reader_and_let_through_by_the_schema()
    {
        var broken = Meaning.Select(Break).ToList();
        var said = await BySchemaAsync(broken);
        for (var i = 0; i < broken.Count; i++)
        {
            said[i].ShouldBeEmpty(Meaning[i]);
            ByReader(broken[i]).ShouldNotBeEmpty(Meaning[i]);
        }
    }

    private static string Break(string change)
    {
        var (from, to) = (change[..change.IndexOf('|')], change[(change.IndexOf('|') + 1)..]);
        Sound.ShouldContain(from);
        var at = Sound.IndexOf(from, StringComparison.Ordinal);
        return Sound[..at] + to + Sound[(at + from.Length)..];
    }

    private static IReadOnlyList<FileProblem> ByReader(string yaml)
    {
        var problems = new FileProblems();
        if (YamlMap.Parse("intents/thing.yaml", yaml, 0, problems) is { } map)
        {
            var intent = IntentReader.Read(map, "thing", problems);
            WorkflowReader.Read(map, intent, [new CompanyQueue("orders", "Orders")]);
            map.ReportUnknownKeys();
        }

        return problems.Found;
    }

    /// <summary>What the schema says against each file; empty for a sound one.</summary>
    private static async Task<IReadOnlyList<string>> BySchemaAsync(IReadOnlyList<string> yamls)
    {
        await using var program = await NodeProgram.StartAsync("json-schema");
        var answer = await program.AskAsync(
            new JsonObject
            {
                ["schema"] = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Service.SampleCompany, "workflow.schema.json"))),
                ["values"] = new JsonArray([.. yamls.Select(ToJson)]),
            },
            TimeSpan.FromMinutes(1));
        return [.. answer.EnumerateArray().Select(issues => string.Join("; ", issues.EnumerateArray()))];
    }

    /// <summary>As editors read YAML: a plain scalar may be a number, a flag or nothing.</summary>
    private static JsonNode? ToJson(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return ToJson(stream.Documents[0].RootNode);
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or null } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } number when decimal.TryParse(number.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        YamlScalarNode text => text.Value,
        _ => throw new InvalidOperationException($"{node.NodeType} is not expected."),
    };
}
