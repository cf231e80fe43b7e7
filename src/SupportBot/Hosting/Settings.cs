using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Conversations;

namespace SupportBot.Hosting;

/// <summary>Reads a section of the configuration, and says in one line a mistake which key is wrong and what it takes.</summary>
public static partial class Settings
{
    /// <summary>The keys that sign Direct Line tokens, when the configuration has some.</summary>
    public static IReadOnlyList<DirectLineKey> ReadSigningKeys(this IConfiguration configuration)
    {
        var options = new SigningKeyOptions();
        configuration.GetSection("DirectLine").Bind(options);
        return options.TryRead(out var keys, out var problem) ? keys : throw new StartProblem(problem!);
    }

    /// <summary>What is wrong with the settings of a part that checks them itself, a line each: the key, then what it takes.</summary>
    public static IEnumerable<string> Explain(OptionsValidationException problem)
    {
        const string Suffix = "Options";
        var section = problem.OptionsType.Name is var name && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        foreach (var failure in problem.Failures)
        {
            yield return Annotated().Match(failure) is { Success: true } match ? $"{section}:{match.Groups["member"]}: {match.Groups["error"]}" : failure;
        }
    }

    public static T Read<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new StartProblem($"{section}: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }

        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems.Count == 0
            ? options
            : throw new StartProblem([.. problems.Select(p => $"{string.Join(", ", p.MemberNames.Select(m => $"{section}:{m}"))}: {p.ErrorMessage}")]);
    }

    /// <summary>As the framework words a failure of data annotations.</summary>
    [GeneratedRegex("members: '(?<member>[^']+)' with the error: '(?<error>.*)'")]
    private static partial Regex Annotated();
}
