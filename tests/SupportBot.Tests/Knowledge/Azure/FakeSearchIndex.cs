using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>An index of the fake: its definition, held against the service's rules, and its documents.</summary>
public sealed partial class FakeSearchIndex
{
    private const int MostActions = 1000;
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly string[] Types = ["Edm.String", "Edm.Int32", "Edm.Int64", "Edm.Double", "Edm.Boolean", "Edm.DateTimeOffset", "Collection(Edm.String)", "Collection(Edm.Single)"];

    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);

    private int _version;

    public FakeSearchIndex(JsonObject definition)
    {
        Check(definition);
        Definition = Tagged(definition);
    }

    public JsonObject Definition { get; private set; }

    public IEnumerable<JsonObject> Fields => FieldsOf(Definition);

    /// <summary>All documents, by key.</summary>
    public SortedDictionary<string, JsonObject> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>The passages, without the marker.</summary>
    public IReadOnlyList<JsonObject> Passages => [.. Documents.Values.Where(d => (string?)d["kind"] == "passage")];

    public JsonObject? Field(string name) => Fields.FirstOrDefault(f => (string?)f["name"] == name);

    /// <summary>The next time, the document with this key is refused with this status.</summary>
    public void RefuseOnce(string key, int status) => _refusals[key] = status;

    /// <summary>Fields can be added, and nothing else about them changes.</summary>
    public void Redefine(JsonObject definition, string? etag)
    {
        RefusedException.Unless(etag is null || etag == (string?)Definition["@odata.etag"], "The index has changed.", 412);
        Check(definition);
        foreach (var field in Fields)
        {
            var again = FieldsOf(definition).FirstOrDefault(f => (string?)f["name"] == (string?)field["name"]);
            RefusedException.Unless(again is not null, $"Existing field '{field["name"]}' cannot be deleted.");
            RefusedException.Unless(
                field.All(p => p.Value is null || JsonNode.DeepEquals(p.Value, again![p.Key])), $"Existing field '{field["name"]}' cannot be changed.");
        }

        Definition = Tagged(definition);
    }

    public JsonObject Get(string key, string? select)
    {
        RefusedException.Unless(Documents.ContainsKey(key), "No such document.", 404);
        return Selected(Documents[key], select?.Split(','));
    }

    /// <summary>The fields of a document that were asked for, of those that can be had.</summary>
    public JsonObject Selected(JsonObject document, IEnumerable<string>? select)
    {
        var names = select?.ToArray() ?? [.. Fields.Where(f => Is(f, "retrievable")).Select(f => (string)f["name"]!)];
        RefusedException.Unless(Array.TrueForAll(names, n => Field(n) is { } field && Is(field, "retrievable")), "A field in $select is not retrievable.");
        return new JsonObject(names.Select(n => KeyValuePair.Create(n, document[n]?.DeepClone())));
    }

    public (int Status, JsonNode Answer) Write(JsonObject batch, long bytes)
    {
        RefusedException.UnlessKnown(batch, "a batch", "value");
        RefusedException.Unless(bytes <= MostBytes, "The request is too large.", 413);
        var actions = batch["value"]!.AsArray().Select(a => a!.AsObject()).ToList();
        RefusedException.Unless(actions.Count is > 0 and <= MostActions, $"A batch has 1 to {MostActions} actions.");
        var results = new JsonArray();
        var isWhole = true;
        foreach (var action in actions)
        {
            var key = Checked(action);
            var refused = _refusals.Remove(key, out var status);
            isWhole &= !refused;
            results.Add(new JsonObject { ["key"] = key, ["status"] = !refused, ["errorMessage"] = refused ? "Not now." : null, ["statusCode"] = refused ? status : 200 });
            if (!refused)
            {
                Apply(action, key);
            }
        }

        return (isWhole ? 200 : 207, new JsonObject { ["value"] = results });
    }

    /// <summary>A flag of a field, with the service's default.</summary>
    public static bool Is(JsonObject field, string flag) => (bool?)field[flag] ?? flag switch
    {
        "key" => false,
        "searchable" => (string?)field["type"] is "Edm.String" or "Collection(Edm.String)" or "Collection(Edm.Single)",
        "sortable" => !((string)field["type"]!).StartsWith("Collection", StringComparison.Ordinal),
        _ => (string?)field["type"] != "Collection(Edm.Single)" || flag == "retrievable",
    };

    private static IEnumerable<JsonObject> FieldsOf(JsonObject definition) => definition["fields"]!.AsArray().Select(f => f!.AsObject());

    private void Apply(JsonObject action, string key)
    {
        if ((string?)action["@search.action"] == "delete")
        {
            Documents.Remove(key);
            return;
        }

        var document = action.DeepClone().AsObject();
        document.Remove("@search.action");
        Documents[key] = document;
    }

    /// <returns>The document's key.</returns>
    private string Checked(JsonObject action)
    {
        RefusedException.Unless((string?)action["@search.action"] is "upload" or "delete", "Unknown action.");
        var key = (string?)action["key"];
        RefusedException.Unless(key is not null && DocumentKey().IsMatch(key), $"Invalid document key: '{key}'.");
        foreach (var (name, value) in action.Where(p => p.Key != "@search.action"))
        {
            RefusedException.Unless(Field(name) is not null, $"The property '{name}' does not exist on type 'search.documentFields'.");
            RefusedException.Unless(value is null || Fits(Field(name)!, value), $"The value of '{name}' is not of its type.");
        }

        return key!;
    }

    private static bool Fits(JsonObject field, JsonNode value) => (string)field["type"]! switch
    {
        "Edm.String" => value.GetValueKind() == JsonValueKind.String,
        "Edm.Int32" => value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<int>(out _),
        "Collection(Edm.Single)" => value is JsonArray numbers && numbers.Count == (int)field["dimensions"]! && numbers.All(n => n!.GetValueKind() == JsonValueKind.Number),
        _ => false,
    };

    private JsonObject Tagged(JsonObject definition)
    {
        var tagged = definition.DeepClone().AsObject();
        tagged["@odata.etag"] = string.Create(CultureInfo.InvariantCulture, $"\"0x{++_version}\"");
        return tagged;
    }

    private static void Check(JsonObject definition)
    {
        RefusedException.UnlessKnown(
            definition, "an index", "name", "fields", "scoringProfiles", "defaultScoringProfile", "corsOptions", "suggesters", "analyzers", "tokenizers", "tokenFilters", "charFilters", "encryptionKey", "similarity", "semantic", "vectorSearch");
        var fields = FieldsOf(definition).ToList();
        foreach (var field in fields)
        {
            CheckField(definition, field);
        }

        var keys = fields.Where(f => Is(f, "key")).ToList();
        RefusedException.Unless(keys.Count == 1 && (string?)keys[0]["type"] == "Edm.String" && Is(keys[0], "retrievable"), "An index has one key, a retrievable string.");
        RefusedException.Unless(fields.Select(f => (string)f["name"]!).Distinct(StringComparer.OrdinalIgnoreCase).Count() == fields.Count, "Two fields have one name.");
        foreach (var configuration in definition["semantic"]?["configurations"]?.AsArray() ?? [])
        {
            var prioritized = configuration!["prioritizedFields"]!.AsObject();
            RefusedException.UnlessKnown(prioritized, "prioritizedFields", "titleField", "prioritizedContentFields", "prioritizedKeywordsFields");
            var read = new[] { prioritized["titleField"] }.Concat(prioritized["prioritizedContentFields"]?.AsArray() ?? []).Concat(prioritized["prioritizedKeywordsFields"]?.AsArray() ?? []);
            RefusedException.Unless(
                read.Where(r => r is not null).All(r => fields.Find(f => (string?)f["name"] == (string?)r!["fieldName"]) is { } field && Is(field, "searchable") && Is(field, "retrievable")),
                "A semantic configuration names a field that is not there, or cannot be searched and retrieved.");
        }
    }

    private static void CheckField(JsonObject definition, JsonObject field)
    {
        RefusedException.UnlessKnown(
            field, "a field", "name", "type", "key", "retrievable", "searchable", "filterable", "sortable", "facetable", "analyzer", "searchAnalyzer", "indexAnalyzer", "dimensions", "vectorSearchProfile", "synonymMaps", "fields");
        var (name, type) = ((string)field["name"]!, (string)field["type"]!);
        RefusedException.Unless(FieldName().IsMatch(name) && !name.StartsWith("azureSearch", StringComparison.OrdinalIgnoreCase), $"The field name '{name}' is not allowed.");
        RefusedException.Unless(Types.Contains(type), $"The field type '{type}' is not known.");
        RefusedException.Unless(!Is(field, "searchable") || type.Contains("String") || type == "Collection(Edm.Single)", $"The field '{name}' cannot be searchable.");
        RefusedException.Unless(field["analyzer"] is null || (Is(field, "searchable") && Analyzer().IsMatch((string)field["analyzer"]!)), $"The analyzer of '{name}' is not known.");
        if (type == "Collection(Edm.Single)")
        {
            var profile = definition["vectorSearch"]?["profiles"]?.AsArray().FirstOrDefault(p => (string?)p!["name"] == (string?)field["vectorSearchProfile"]);
            RefusedException.Unless((int?)field["dimensions"] is >= 2 and <= 3072, $"The field '{name}' needs dimensions.");
            RefusedException.Unless(profile is not null, $"The vector profile of '{name}' is not there.");
            RefusedException.Unless(
                definition["vectorSearch"]!["algorithms"]!.AsArray().Any(a => (string?)a!["name"] == (string?)profile!["algorithm"] && (string?)a["kind"] is "hnsw" or "exhaustiveKnn"),
                $"The vector algorithm of '{name}' is not there.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9=-][A-Za-z0-9_=-]{0,1023}$")]
    private static partial Regex DocumentKey();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,127}$")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"^(?:standard|(?:en|de|fr|es|it|nl|eu|fa|ga|gl|hy))\.lucene$|^(?:en|de|fr|es|it|nl|ja|ko|th|zh-Hans|zh-Hant|pt-BR|pt-PT|nb|sv|da|fi|pl|he)\.microsoft$")]
    private static partial Regex Analyzer();
}
