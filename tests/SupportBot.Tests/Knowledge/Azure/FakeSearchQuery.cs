using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>A search of the fake: words by how rare they are, vectors by their cosine, both together by their places, and a ranker over them.</summary>
public static partial class FakeSearchQuery
{
    private const int UsualTop = 50;
    private const int MostTop = 1000;
    private const int ReadByRanker = 50;
    private const double PlacesDamping = 60;

    public static JsonObject Run(FakeSearchIndex index, JsonObject request)
    {
        RefusedException.UnlessKnown(
            request, "a search", "search", "searchFields", "searchMode", "select", "filter", "orderby", "top", "skip", "count", "queryType", "semanticConfiguration", "semanticErrorHandling", "vectorQueries");
        var top = (int?)request["top"] ?? UsualTop;
        RefusedException.Unless(top is >= 0 and <= MostTop, "top is from 0 to 1000.");
        var select = Names(request, "select");
        var filter = Filter(index, (string?)request["filter"]);
        var documents = index.Documents.Values.Where(filter).ToList();
        var ranked = Ordered(index, request, documents);
        var isSemantic = IsSemantic(index, request);
        var hits = isSemantic ? Reranked(ranked, (string)request["search"]!) : ranked.Select(r => (r.Document, r.Score, Reranker: (double?)null));
        var values = new JsonArray();
        foreach (var (document, score, reranker) in hits.Skip((int?)request["skip"] ?? 0).Take(top))
        {
            var value = index.Selected(document, select);
            value["@search.score"] = score;
            if (reranker is { } says)
            {
                value["@search.rerankerScore"] = says;
            }

            values.Add(value);
        }

        return new JsonObject { ["value"] = values };
    }

    private static IEnumerable<(JsonObject Document, double Score)> Ordered(FakeSearchIndex index, JsonObject request, List<JsonObject> documents)
    {
        if ((string?)request["orderby"] is { } order)
        {
            RefusedException.Unless(index.Field(order) is { } field && FakeSearchIndex.Is(field, "sortable"), "The field in $orderby is not sortable.");
            return documents.OrderBy(d => (string?)d[order], StringComparer.Ordinal).Select(d => (d, 1.0));
        }

        var byWords = ByWords(index, request, documents);
        var byVectors = (request["vectorQueries"]?.AsArray() ?? []).Select(q => ByVector(index, q!.AsObject(), documents)).ToList();
        return byVectors.Count == 0 ? byWords : Fused([byWords, .. byVectors]);
    }

    private static List<(JsonObject Document, double Score)> ByWords(FakeSearchIndex index, JsonObject request, List<JsonObject> documents)
    {
        var text = (string?)request["search"] ?? "*";
        if (text == "*")
        {
            return [.. documents.Select(d => (d, 1.0))];
        }

        RefusedException.Unless(!Operators().IsMatch(text), "The words hold an operator.");
        var fields = Names(request, "searchFields") ?? [];
        RefusedException.Unless(fields.All(f => index.Field(f) is { } field && FakeSearchIndex.Is(field, "searchable")), "A field in searchFields is not searchable.");
        var words = Words(text);
        var held = documents.Select(d => (Document: d, Words: fields.SelectMany(f => Words((string?)d[f] ?? "")).ToHashSet(StringComparer.Ordinal))).ToList();
        double Rarity(string word) => Math.Log(1 + ((double)held.Count / (1 + held.Count(h => h.Words.Contains(word)))));
        return [.. held.Select(h => (h.Document, words.Where(h.Words.Contains).Sum(Rarity))).Where(h => h.Item2 > 0).OrderByDescending(h => h.Item2)];
    }

    private static List<(JsonObject Document, double Score)> ByVector(FakeSearchIndex index, JsonObject query, List<JsonObject> documents)
    {
        RefusedException.UnlessKnown(query, "a vector query", "kind", "vector", "fields", "k", "exhaustive");
        RefusedException.Unless((string?)query["kind"] == "vector" && (int?)query["k"] > 0, "A vector query has a kind and a k.");
        var name = (string)query["fields"]!;
        var asked = Numbers(query["vector"]);
        RefusedException.Unless(index.Field(name) is { } field && (int?)field["dimensions"] == asked.Length, $"The vector does not fit the field '{name}'.");
        return [.. documents.Where(d => d[name] is not null).Select(d => (d, FakeEmbeddings.Cosine(asked, Numbers(d[name])))).OrderByDescending(d => d.Item2).Take((int)query["k"]!)];
    }

    private static IEnumerable<(JsonObject Document, double Score)> Fused(IEnumerable<List<(JsonObject Document, double Score)>> rankings) => rankings
        .SelectMany(ranking => ranking.Select((hit, place) => (hit.Document, Score: 1 / (PlacesDamping + place))))
        .GroupBy(hit => hit.Document).Select(g => (g.Key, g.Sum(hit => hit.Score))).OrderByDescending(hit => hit.Item2);

    private static bool IsSemantic(FakeSearchIndex index, JsonObject request)
    {
        if ((string?)request["queryType"] is not "semantic")
        {
            RefusedException.Unless(request["semanticConfiguration"] is null, "A semantic configuration needs the query type semantic.");
            return false;
        }

        var wanted = (string?)request["semanticConfiguration"];
        RefusedException.Unless(
            index.Definition["semantic"]?["configurations"]?.AsArray().Any(c => (string?)c!["name"] == wanted) == true, $"There is no semantic configuration '{wanted}'.");
        return true;
    }

    /// <summary>As a ranker would, the share of the question's words that title and text hold decides.</summary>
    private static IEnumerable<(JsonObject Document, double Score, double? Reranker)> Reranked(IEnumerable<(JsonObject Document, double Score)> ranked, string question)
    {
        var words = Words(question);
        return ranked.Take(ReadByRanker)
            .Select(r => (r.Document, r.Score, (double?)4 * words.Count(Words($"{r.Document["title"]} {r.Document["headings"]} {r.Document["text"]}").Contains) / Math.Max(1, words.Count)))
            .OrderByDescending(r => r.Item3);
    }

    /// <summary>The subset of OData that is understood: comparisons of strings, joined by "and".</summary>
    private static Func<JsonObject, bool> Filter(FakeSearchIndex index, string? filter)
    {
        var parts = filter?.Split(" and ").Select(p => Comparison().Match(p)).ToList() ?? [];
        RefusedException.Unless(parts.TrueForAll(p => p.Success), $"Invalid expression: {filter}");
        RefusedException.Unless(parts.TrueForAll(p => index.Field(p.Groups["field"].Value) is { } field && FakeSearchIndex.Is(field, "filterable")), "A field in $filter is not filterable.");
        return document => parts.TrueForAll(p =>
        {
            var order = string.CompareOrdinal((string?)document[p.Groups["field"].Value], p.Groups["value"].Value.Replace("''", "'"));
            return p.Groups["operator"].Value == "eq" ? order == 0 : order > 0;
        });
    }

    private static string[]? Names(JsonObject request, string property) => ((string?)request[property])?.Split(',');

    private static float[] Numbers(JsonNode? vector) => [.. vector!.AsArray().Select(n => (float)n!)];

    private static HashSet<string> Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(m => m.Value)];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[+|""()*~\\]|(?:^|\s)-")]
    private static partial Regex Operators();

    [GeneratedRegex("^(?<field>[a-z]+) (?<operator>eq|gt) '(?<value>(?:[^']|'')*)'$")]
    private static partial Regex Comparison();
}
