namespace SupportBot.Workflows;

/// <summary>A question to one of the company's systems over HTTP.</summary>
/// <param name="Name">Its name in records.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">
/// The address. It begins with a host, or with <c>${name}</c> for an address from the configuration; <c>{name}</c> further on stands for a value.
/// </param>
/// <param name="Headers">Headers; <c>${NAME}</c> in them is a secret from the configuration.</param>
/// <param name="Body">A JSON object of texts, for POST.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="Variables">JSONPath by the variable's name.</param>
/// <param name="Slot">The slot that is asked for again when nothing is found; null when none is.</param>
/// <param name="NotFound">What is said then.</param>
/// <param name="Fallback">What is done when it fails, or finds nothing and no slot is named.</param>
public sealed record Lookup(
    string Name,
    LookupMethod Method,
    Template Url,
    IReadOnlyDictionary<string, Template> Headers,
    IReadOnlyDictionary<string, Template> Body,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Variables,
    string? Slot,
    Template? NotFound,
    StepFallback Fallback)
{
    /// <summary>The values that it needs.</summary>
    public IEnumerable<string> Needs => Url.Names.Concat(Body.Values.SelectMany(b => b.Names)).Distinct(StringComparer.Ordinal);
}

/// <summary>How a look-up asks.</summary>
public enum LookupMethod
{
    /// <summary>Changes nothing over there.</summary>
    Get,

    /// <summary>May change something; carries a key by which the other side knows a repetition.</summary>
    Post,
}

/// <summary>A look-up with the values that it needs.</summary>
public sealed record LookupRequest(Lookup Lookup, IReadOnlyDictionary<string, string> Values);

/// <summary>What came of a look-up.</summary>
public abstract record LookupOutcome
{
    private LookupOutcome()
    {
    }

    /// <summary>An answer; variables that it does not hold are left out. Untrusted text, cleaned by <see cref="UntrustedText.Clean"/>.</summary>
    public sealed record Found(IReadOnlyDictionary<string, string> Values) : LookupOutcome;

    /// <summary>The system knows no such thing.</summary>
    public sealed record NotFound : LookupOutcome;

    /// <summary>No usable answer, for a reason that names no secret and no value.</summary>
    public sealed record Failed(string Reason) : LookupOutcome;
}

/// <summary>A sentence that is said when all its values are known and its conditions hold.</summary>
/// <param name="When">Value by name of slot or variable, compared without regard to case.</param>
/// <param name="Text">What is said.</param>
public sealed record Sentence(IReadOnlyDictionary<string, string> When, Template Text)
{
    /// <summary>Whether it can be said with these values.</summary>
    public bool Fits(IReadOnlyDictionary<string, string> values) =>
        Text.Names.All(values.ContainsKey)
        && When.All(w => values.TryGetValue(w.Key, out var value) && value.Equals(w.Value, StringComparison.OrdinalIgnoreCase));
}

/// <summary>When a workflow opens a ticket.</summary>
public enum TicketWhen
{
    /// <summary>When the bot could not settle it by itself.</summary>
    Unanswered,

    /// <summary>At the end, whatever was said.</summary>
    Always,
}

/// <summary>How a ticket is made.</summary>
/// <param name="When">When one is opened.</param>
/// <param name="Queue">Its queue; null takes the workflow's.</param>
/// <param name="Priority">Its priority; null takes the workflow's.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Fields">Fields as the ticketing system names them, with what goes into them.</param>
/// <param name="Assignee">Who gets it, as the ticketing system names people; null for whoever takes it.</param>
public sealed record TicketStep(
    TicketWhen When, string? Queue, Priority? Priority, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, Template> Fields, string? Assignee);
