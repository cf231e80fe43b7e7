using System.Reflection;

namespace SupportBot.Benchmarks.Processes;

/// <summary>Where the programs are that are measured, as the build knew it.</summary>
public static class Programs
{
    /// <summary>The service's assembly, of the same configuration as this one.</summary>
    public static string SupportBot { get; } = Named("SupportBot");

    /// <summary>The assembly of our library's echo bot, of the same configuration as this one.</summary>
    public static string LibraryEchoBot { get; } = Named("LibraryEchoBot");

    /// <summary>The folder of the echo bot on npm's botbuilder.</summary>
    public static string BotBuilderEchoBot { get; } = Named("BotBuilderEchoBot");

    private static string Named(string key) =>
        typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
