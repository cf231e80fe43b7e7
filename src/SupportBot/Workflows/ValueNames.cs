using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>The values that a workflow's templates may name: what it collects, what it looks up, and what is known of every customer.</summary>
internal sealed class ValueNames(IReadOnlyList<Slot> slots, IReadOnlyList<Lookup> lookups)
{
    /// <summary>What is known without asking, where it is known at all.</summary>
    public static IReadOnlyList<string> OfCustomer { get; } = ["customer_name", "customer_email", "page_title", "page_url", "question", "site"];

    private IEnumerable<string> All => slots.Select(s => s.Name).Concat(lookups.SelectMany(l => l.Variables.Keys)).Concat(OfCustomer);

    /// <summary>Names what a template takes that nothing gives.</summary>
    public void Check(YamlMap map, string key, Template template) => Check(map, key, template, All);

    /// <summary>The same for what is asked for before anything is looked up.</summary>
    public static void CheckInputs(YamlMap map, string key, Template template, IReadOnlyList<Slot> slots, IEnumerable<Lookup> earlier) =>
        Check(map, key, template, new ValueNames(slots, [.. earlier]).All);

    /// <summary>Whether there is a value of this name.</summary>
    public bool Has(string name) => All.Contains(name);

    /// <summary>A name stands for one value.</summary>
    public void CheckOnce(YamlMap map, IReadOnlyList<Lookup> all)
    {
        foreach (var name in all.SelectMany(l => l.Variables.Keys).Concat(slots.Select(s => s.Name)).GroupBy(n => n).Where(g => g.Count() > 1))
        {
            map.Problem("lookups", $"'{name.Key}' names two values", "give the variable another name");
        }
    }

    private static void Check(YamlMap map, string key, Template template, IEnumerable<string> known)
    {
        foreach (var name in template.Names.Except(known))
        {
            map.Problem(key, $"nothing gives the value '{{{name}}}'", $"use one of: {string.Join(", ", known)}");
        }
    }
}
