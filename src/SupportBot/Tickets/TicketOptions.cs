using System.ComponentModel.DataAnnotations;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>Section <c>Tickets</c>: which ticketing systems there are and which queue goes where. Without any, our own store takes the tickets.</summary>
public sealed record TicketOptions : IValidatableObject
{
    public List<TicketSystemOptions> Systems { get; set; } = [];

    /// <summary>Where a queue's tickets go, by the company's name of the queue.</summary>
    public Dictionary<string, TicketRouteOptions> Routes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The system for queues without a route; the first one when empty.</summary>
    public string? DefaultSystem { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Systems.Count; i++)
        {
            var problems = new List<ValidationResult>();
            Validator.TryValidateObject(Systems[i], new ValidationContext(Systems[i]), problems, validateAllProperties: true);
            foreach (var problem in problems)
            {
                yield return new ValidationResult(problem.ErrorMessage, [$"Systems:{i}:{problem.MemberNames.FirstOrDefault()}"]);
            }

            if (Systems.FindIndex(s => s.Name == Systems[i].Name) < i || Systems[i].Name == Tickets.Systems.EmbeddedSystem.SystemName)
            {
                yield return new ValidationResult($"'{Systems[i].Name}' is the name of another system; give each a name of its own", [$"Systems:{i}:Name"]);
            }
        }

        bool Known(string? name) => name == Tickets.Systems.EmbeddedSystem.SystemName || Systems.Any(s => s.Name == name);
        var names = string.Join(", ", Systems.Select(s => s.Name).Append(Tickets.Systems.EmbeddedSystem.SystemName));
        foreach (var (queue, route) in Routes.Where(r => r.Value.System is not null && !Known(r.Value.System)))
        {
            yield return new ValidationResult($"there is no system '{route.System}'; use one of: {names}", [$"Routes:{queue}:System"]);
        }

        if (DefaultSystem is { } system && !Known(system))
        {
            yield return new ValidationResult($"there is no system '{system}'; use one of: {names}", [nameof(DefaultSystem)]);
        }
    }
}

/// <summary>Where one queue's tickets go.</summary>
public sealed record TicketRouteOptions
{
    /// <summary>The system, by name; the default one when null.</summary>
    public string? System { get; set; }

    /// <summary>The queue there; the company's title of the queue when null.</summary>
    public string? Queue { get; set; }
}
