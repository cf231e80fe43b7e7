using System.ComponentModel.DataAnnotations;

namespace SupportBot.Hosting;

/// <summary>Reads a section of the configuration, and says in one line a mistake which key is wrong and what it takes.</summary>
public static class Settings
{
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
}
