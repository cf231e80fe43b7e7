using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using SupportBot.Workflows;

namespace SupportBot.Lookups;

/// <summary>Variables out of an answer. Only plain values count; several that one path finds are listed.</summary>
internal static class LookupAnswer
{
    private const int MostListed = 10;

    private static readonly JsonSelectSettings Select = new() { ErrorWhenNoMatch = false, RegexMatchTimeout = TimeSpan.FromMilliseconds(100) };

    // Days stay as they are written.
    private static readonly JsonLoadSettings Load = new() { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Replace };

    /// <summary>Reads what a look-up names.</summary>
    public static LookupOutcome Read(Lookup lookup, string json)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = 64 };
            var answer = JToken.ReadFrom(reader, Load);
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, path) in lookup.Variables)
            {
                var listed = answer.SelectTokens(path, Select).OfType<JValue>().Where(v => v.Value is not null).Take(MostListed).Select(Text);
                if (UntrustedText.Clean(string.Join(", ", listed)) is { Length: > 0 } value)
                {
                    values[name] = value;
                }
            }

            return new LookupOutcome.Found(values);
        }
        catch (Exception e) when (e is JsonException or System.Text.RegularExpressions.RegexMatchTimeoutException or OverflowException)
        {
            return new LookupOutcome.Failed("the answer is not the JSON that was expected.");
        }
    }

    private static string Text(JValue value) => value.Value switch
    {
        bool flag => flag ? "yes" : "no",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };
}
