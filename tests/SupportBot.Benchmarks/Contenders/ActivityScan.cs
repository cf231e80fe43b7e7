using System.Text.Json;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>Finds a property in JSON without making objects of it, as the load generator shares the processors with what it measures.</summary>
public static class ActivityScan
{
    /// <summary>Depth of an activity's properties when the activity is the document.</summary>
    public const int Alone = 1;

    /// <summary>Depth of an activity's properties in <c>{"activities":[...]}</c>.</summary>
    public const int InSet = 3;

    /// <summary>The first string with this name at this depth, or null.</summary>
    public static string? Find(ref Utf8JsonReader reader, int depth, ReadOnlySpan<byte> property)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth && reader.ValueTextEquals(property))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    return reader.GetString();
                }
            }
        }

        return null;
    }
}
