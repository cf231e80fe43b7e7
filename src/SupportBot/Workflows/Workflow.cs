namespace SupportBot.Workflows;

/// <summary>Whether the bot may answer an intent from the articles.</summary>
public enum AnswerMode
{
    /// <summary>When it is sure.</summary>
    Automatic,

    /// <summary>When it is sure, to an agent: who sends the answer, edited or not.</summary>
    Draft,

    /// <summary>Never: somebody must act on the customer's case.</summary>
    Never,
}

/// <summary>What happens when the bot does not answer by itself.</summary>
public enum Otherwise
{
    /// <summary>A human is brought in.</summary>
    Human,

    /// <summary>A ticket is opened.</summary>
    Ticket,
}

/// <summary>How pressing a conversation or ticket is.</summary>
public enum Priority
{
    /// <summary>Can wait.</summary>
    Low,

    /// <summary>As usual.</summary>
    Normal,

    /// <summary>Before the usual.</summary>
    High,

    /// <summary>Before everything else.</summary>
    Urgent,
}

/// <summary>What is done for an intent.</summary>
/// <param name="Intent">The intent's name.</param>
/// <param name="Answer">Whether the bot may answer from the articles.</param>
/// <param name="Otherwise">What happens when it does not.</param>
/// <param name="Queue">The queue for the human or the ticket.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Slots">What is asked, in order.</param>
/// <param name="Reply">What is said for small talk instead of searching the articles; null otherwise.</param>
public sealed record Workflow(
    string Intent, AnswerMode Answer, Otherwise Otherwise, string Queue, Priority Priority, IReadOnlyList<Slot> Slots, string? Reply)
{
    /// <summary>
    /// Phrases with which customers speak of a case of their own, so that it is looked up instead of quoting an article. Without any,
    /// every message of the intent does.
    /// </summary>
    public IReadOnlyList<string> OwnCase { get; init; } = [];

    /// <summary>What is looked up in the company's systems, in order, each as soon as what it needs is known.</summary>
    public IReadOnlyList<Lookup> Lookups { get; init; } = [];

    /// <summary>What is said when all is collected and looked up: the first sentence that fits.</summary>
    public IReadOnlyList<Sentence> Say { get; init; } = [];

    /// <summary>The ticket as the workflow wants it; null leaves it to the other keys.</summary>
    public TicketStep? Ticket { get; init; }

    /// <summary>Targets of its own; null takes the company's.</summary>
    public WorkflowClocks? Clocks { get; init; }

    /// <summary>Whether it is asked later if all is well; null when it is not.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>The same workflow for certain sites, languages and groups of customers.</summary>
    public IReadOnlyList<WorkflowVariant> Variants { get; init; } = [];

    /// <summary>Whether the bot finds an answer out by itself, in the company's systems.</summary>
    public bool LooksUp => Lookups.Count > 0 || Say.Count > 0;

    /// <summary>The workflow for a customer: the variant with the most conditions that fit, else this one.</summary>
    public Workflow For(string? site, string? locale, string? group) =>
        Variants.Count == 0 ? this : Variants.Where(v => v.Fits(site, locale, group)).OrderByDescending(v => v.Weight).FirstOrDefault()?.Workflow ?? this;
}

/// <summary>A workflow for certain customers; a condition that is null fits all of them.</summary>
/// <param name="Site">The site's id.</param>
/// <param name="Locale">A language, or a language with its region (BCP 47).</param>
/// <param name="Group">The group of customers, as the company's site names it.</param>
/// <param name="Workflow">The whole workflow that counts for them.</param>
public sealed record WorkflowVariant(string? Site, string? Locale, string? Group, Workflow Workflow)
{
    /// <summary>More conditions count more; among as many a group counts before a site and a site before a language.</summary>
    public int Weight => (Group is null ? 0 : 12) + (Site is null ? 0 : 11) + (Locale is null ? 0 : 10);

    /// <summary>Whether all conditions hold.</summary>
    public bool Fits(string? site, string? locale, string? group) =>
        (Site is null || Site == site)
        && (Group is null || string.Equals(Group, group, StringComparison.OrdinalIgnoreCase))
        && (Locale is null || (locale is not null && Speaks(locale)));

    private bool Speaks(string locale) =>
        locale.Equals(Locale, StringComparison.OrdinalIgnoreCase) || locale.StartsWith($"{Locale}-", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Targets in minutes; null takes the company's.</summary>
/// <param name="FirstResponse">Until the first response.</param>
/// <param name="Resolution">Until the end.</param>
/// <param name="BusinessHours">Whether they run in business hours; otherwise by the wall clock.</param>
public sealed record WorkflowClocks(TimeSpan? FirstResponse, TimeSpan? Resolution, bool BusinessHours);

/// <summary>Asks a customer who fell silent whether all is well.</summary>
/// <param name="Ask">The question.</param>
/// <param name="After">After how long.</param>
/// <param name="CloseAfter">How long after the question the conversation is closed; null leaves it open.</param>
/// <param name="Fallback">What happens when it is not.</param>
public sealed record FollowUp(string Ask, TimeSpan After, TimeSpan? CloseAfter, StepFallback Fallback);
