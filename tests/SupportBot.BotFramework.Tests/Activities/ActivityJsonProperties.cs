using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

/// <summary>What must hold of any activity, not only of those that somebody thought of.</summary>
public class ActivityJsonProperties
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", "a", "Grüße", "👋", "\"quoted\"", "line\nbreak", "\\u0041", "\u0000", "日本語"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => WithoutLoneSurrogates(text.Get)));

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Text.Select(text => (JsonNode?)JsonValue.Create(text)),
        ArbMap.Default.GeneratorFor<int>().Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Constant<JsonNode?>(null));

    [Fact]
    public void Unknown_fields_survive_a_round_trip()
    {
        var unknown = Object(3);
        var activities =
            from text in Text
            from one in unknown
            from other in unknown
            select new JsonObject
            {
                ["type"] = "message",
                ["text"] = text,
                ["from"] = Prefixed(one),
                ["channelData"] = other.DeepClone(),
                ["value"] = one.DeepClone(),
                ["entities"] = new JsonArray(Prefixed(other)),
                ["x-unknown"] = one.DeepClone(),
            };

        Prop.ForAll(activities.ToArbitrary(), sent =>
        {
            ActivityJson.TryParse(Encoding.UTF8.GetBytes(sent.ToJsonString()), out var activity, out var fault);
            return activity is not null
                && fault is null
                && JsonNode.DeepEquals(JsonNode.Parse(ActivityJson.Serialize(activity)), sent);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_either_an_activity_that_can_be_stored_or_a_fault()
    {
        var pieces = Gen.Elements(
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud83d", "\\udc4b", "\\ud800", "type", "\"type\":\"message\"",
            "\"channelData\":", "\"from\":", "null", "true", "-0", "1e999", " ", "\u0001", "👋", "\"entities\":[", "\"value\":");

        Prop.ForAll(pieces.ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            if (ActivityJson.TryParse(Encoding.UTF8.GetBytes(text), out var activity, out var fault))
            {
                var stored = ActivityJson.Serialize(ActivityStamp.Apply(activity, "c", 1, DateTimeOffset.UnixEpoch));
                return JsonElement.Parse(stored).GetProperty("id").GetString() == "c-0000001";
            }

            return fault.Path.StartsWith('$');
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<JsonObject> Object(int depth)
    {
        var value = depth == 0 ? Leaf : Gen.OneOf(Leaf, Object(depth - 1).Select(node => (JsonNode?)node));
        var member =
            from name in Text
            from node in value
            select KeyValuePair.Create(name, node);
        return member.ArrayOf().Resize(4).Select(members =>
        {
            var result = new JsonObject();
            foreach (var (name, node) in members)
            {
                result[name] = node?.DeepClone();
            }

            return result;
        });
    }

    /// <summary>Under names that this library surely does not know.</summary>
    private static JsonObject Prefixed(JsonObject members) =>
        new(members.Select(member => KeyValuePair.Create("x-" + member.Key, member.Value?.DeepClone())));

    private static string WithoutLoneSurrogates(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
