using System.Text.Json.Nodes;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>What the fake refuses, as the service would.</summary>
public sealed class RefusedException(string message, int status = 400) : Exception(message)
{
    public int Status => status;

    public static void Unless(bool holds, string message, int status = 400)
    {
        if (!holds)
        {
            throw new RefusedException(message, status);
        }
    }

    /// <summary>Refuses properties that the service does not know.</summary>
    public static void UnlessKnown(JsonObject json, string what, params string[] known) =>
        Unless(json.All(p => known.Contains(p.Key) || p.Key.StartsWith("@odata", StringComparison.Ordinal)), $"Unknown property of {what}: {string.Join(", ", json.Select(p => p.Key).Except(known))}.");
}
