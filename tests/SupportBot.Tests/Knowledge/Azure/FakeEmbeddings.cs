using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>A fake embedding model: a vector counts words, and a few that mean the same count as one.</summary>
public static partial class FakeEmbeddings
{
    public const int Dimensions = 64;

    private static readonly Dictionary<string, string> SameMeaning = new(StringComparer.Ordinal) { ["fungus"] = "mould", ["spores"] = "mould" };

    public static JsonObject Answer(SearchRequest request)
    {
        RefusedException.Unless(request.Bearer == "embedding-key", "Wrong key.", 401);
        RefusedException.Unless((string?)request.Body!["model"] == "words" && (string?)request.Body["encoding_format"] == "base64", "Wrong model or format.");
        var texts = request.Body["input"] is JsonArray several ? several.Select(t => (string)t!) : [(string)request.Body["input"]!];
        var data = texts.Select((text, i) => (JsonNode)new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = i,
            ["embedding"] = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(Of(text))),
        });
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = "words",
            ["data"] = new JsonArray([.. data]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        };
    }

    public static double Cosine(float[] a, float[] b)
    {
        var lengths = Math.Sqrt(a.Sum(x => (double)x * x)) * Math.Sqrt(b.Sum(x => (double)x * x));
        return lengths == 0 ? 0 : a.Zip(b, (x, y) => (double)x * y).Sum() / lengths;
    }

    private static float[] Of(string text)
    {
        var vector = new float[Dimensions];
        foreach (Match word in Word().Matches(text.ToLowerInvariant()))
        {
            var meaning = SameMeaning.GetValueOrDefault(word.Value, word.Value);
            vector[meaning.Aggregate(17, (hash, c) => ((hash * 31) + c) & 0xffff) % Dimensions]++;
        }

        return vector;
    }

    [GeneratedRegex(@"\w{4,}")]
    private static partial Regex Word();
}
