using System.Reflection;

namespace SupportBot.Benchmarks.Processes;

/// <summary>Where the programs are that are measured, as the build knew it.</summary>
public static class Programs
{
    /// <summary>The service's assembly, of the same configuration as this one.</summary>
    public static string SupportBot { get; } = Named("SupportBot");

    /// <summary>The folder of the echo bot.</summary>
    public static string EchoBot { get; } = Named("EchoBot");

    private static string Named(string key) =>
        typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
