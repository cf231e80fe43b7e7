using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>Reads <c>lookups</c>.</summary>
internal static class LookupReader
{
    private const int MostLookups = 3;
    private const int MostVariables = 12;
    private const int MostHeaders = 10;
    private const int DefaultSeconds = 5;
    private const int MostSeconds = 10;

    private static readonly Dictionary<string, LookupMethod> Methods = new(StringComparer.Ordinal)
    {
        ["GET"] = LookupMethod.Get,
        ["POST"] = LookupMethod.Post,
    };

    public static IReadOnlyList<Lookup> Read(YamlMap workflow, IReadOnlyList<Slot> slots, MissingSettings? missing)
    {
        var lookups = new List<Lookup>();
        foreach (var entry in workflow.Maps("lookups", required: false))
        {
            var lookup = ReadLookup(entry, slots, lookups);
            entry.ReportUnknownKeys();
            if (lookup.Name != "" && !WorkflowReader.IsName(lookup.Name))
            {
                entry.Problem("name", $"'{lookup.Name}' is not a look-up's name", "use lower case letters, digits and _");
            }

            if (slots.Any(s => s.Name == lookup.Name))
            {
                entry.Problem("name", $"the field '{lookup.Name}' has the same name", "give the look-up another name");
            }

            foreach (var (key, message, fix) in missing?.Invoke(lookup) ?? [])
            {
                entry.Problem(key, message, fix);
            }

            if (lookups.Any(l => l.Name == lookup.Name))
            {
                entry.Problem("name", $"the look-up '{lookup.Name}' is listed twice", "remove one of them");
            }

            lookups.Add(lookup);
        }

        if (lookups.Count > MostLookups)
        {
            workflow.Problem("lookups", $"{lookups.Count} look-ups are too many for one answer", $"write at most {MostLookups}");
        }

        return lookups;
    }

    private static Lookup ReadLookup(YamlMap entry, IReadOnlyList<Slot> slots, List<Lookup> earlier)
    {
        var method = entry.Has("method") ? entry.Choice("method", Methods, LookupMethod.Get) : LookupMethod.Get;
        var url = ReadUrl(entry, slots, earlier);
        var headers = ReadTemplates(entry, "headers");
        foreach (var header in headers.Where(h => h.Value.Names.Any()))
        {
            entry.Problem("headers", $"the header '{header.Key}' holds a customer's value", "put values into the address or the body; only ${SECRETS} go into headers");
        }

        if (headers.Count > MostHeaders)
        {
            entry.Problem("headers", $"{headers.Count} headers are too many", $"write at most {MostHeaders}");
        }

        var body = ReadTemplates(entry, "body");
        if (body.Count > 0 && method == LookupMethod.Get)
        {
            entry.Problem("body", "a GET has no body", "write 'method: POST', or put the value into the address");
        }

        foreach (var part in body.Values)
        {
            ValueNames.CheckInputs(entry, "body", part, slots, earlier);
        }

        var seconds = entry.Has("timeout") ? entry.Number("timeout", 1, MostSeconds) : DefaultSeconds;
        var variables = ReadVariables(entry);
        var (slot, notFound) = ReadNotFound(entry, slots, earlier);
        return new Lookup(
            entry.Required("name"), method, url, headers, body, TimeSpan.FromSeconds(seconds), variables, slot, notFound, OutcomeReader.ReadFallback(entry));
    }

    private static Template ReadUrl(YamlMap entry, IReadOnlyList<Slot> slots, List<Lookup> earlier)
    {
        var url = new Template(entry.Required("url"));
        if (url.Text != "" && LookupUrl.Problem(url) is { } problem)
        {
            entry.Problem("url", problem, "write https://host/path/{value}, or ${name}/path/{value} with an address from the configuration");
        }

        ValueNames.CheckInputs(entry, "url", url, slots, earlier);
        return url;
    }

    private static (string? Slot, Template? NotFound) ReadNotFound(YamlMap entry, IReadOnlyList<Slot> slots, List<Lookup> earlier)
    {
        var slot = entry.Optional("slot");
        if (slot is not null && slots.All(s => s.Name != slot))
        {
            entry.Problem("slot", $"nothing is collected under the name '{slot}'", slots.Count == 0 ? "add it to collect" : $"use one of: {string.Join(", ", slots.Select(s => s.Name))}");
        }

        var notFound = entry.Optional("not_found") is { } text ? new Template(text) : null;
        if (notFound is not null)
        {
            ValueNames.CheckInputs(entry, "not_found", notFound, slots, earlier);
        }

        if ((slot is null) != (notFound is null))
        {
            entry.Problem(slot is null ? "not_found" : "slot", "'slot' and 'not_found' belong together", "name the slot that is asked for again, and say why");
        }

        return (slot, notFound);
    }

    private static Dictionary<string, string> ReadVariables(YamlMap entry)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (entry.Map("variables") is not { } map)
        {
            return variables;
        }

        foreach (var name in map.Names)
        {
            var path = map.Required(name);
            if (!WorkflowReader.IsName(name))
            {
                map.Problem(name, $"'{name}' is not a variable's name", "use lower case letters, digits and _");
            }
            else if (ValueNames.OfCustomer.Contains(name))
            {
                map.Problem(name, $"'{name}' names a value of every customer", "give the variable another name");
            }

            if (path != "" && WrongPath(path) is { } why)
            {
                map.Problem(name, $"'{path}' is not a usable JSONPath ({why})", "write a path such as $.delivery.eta");
            }

            variables[name] = path;
        }

        if (variables.Count is 0 or > MostVariables)
        {
            entry.Problem("variables", $"there are {variables.Count} variables", $"write 1 to {MostVariables}, each with its JSONPath");
        }

        return variables;
    }

    private static string? WrongPath(string path)
    {
        if (!path.StartsWith('$'))
        {
            return "it does not begin with $";
        }

        try
        {
            new JObject().SelectTokens(path).Any();
            return null;
        }
        catch (JsonException error)
        {
            return error.Message.TrimEnd('.');
        }
        catch (Exception error) when (error is NullReferenceException or FormatException or ArgumentException or OverflowException)
        {
            // The library's parser falls over some unfinished paths.
            return "it ends too early, or a bracket or a number in it is wrong";
        }
    }

    private static Dictionary<string, Template> ReadTemplates(YamlMap entry, string key)
    {
        var templates = new Dictionary<string, Template>(StringComparer.Ordinal);
        if (entry.Map(key, required: false) is { } map)
        {
            foreach (var name in map.Names)
            {
                templates[name] = new Template(map.Required(name));
            }
        }

        return templates;
    }
}
