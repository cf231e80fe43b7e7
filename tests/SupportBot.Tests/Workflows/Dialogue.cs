using NodaTime;
using SupportBot.Answers;
using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Tests.Answers;
using SupportBot.Workflows;

namespace SupportBot.Tests.Workflows;

/// <summary>A conversation with the rules alone: what a message means is given, and what look-ups find is, too.</summary>
internal sealed class Dialogue : IDisposable
{
    private readonly SmallCompany _files = new();
    private readonly CompanyReading _company;
    private readonly DecisionRules _rules;

    public Dialogue(params (string File, string Text)[] more)
    {
        foreach (var (file, text) in more)
        {
            _files.Write(file, text);
        }

        var problems = new FileProblems();
        _company = CompanyReading.Read(_files.Folder, problems) ?? throw new InvalidOperationException(string.Join('\n', problems.Found));
        _rules = new DecisionRules(_company, BusinessHours.Of(_company.Facts), new AnswerOptions(), 0.6);
    }

    public DialogueState State { get; set; } = DialogueState.Start;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public CustomerContext Customer { get; set; } = CustomerContext.Unknown;

    /// <summary>What look-ups find.</summary>
    public Func<LookupRequest, LookupOutcome> System { get; set; } = _ => new LookupOutcome.NotFound();

    /// <summary>Every look-up that was made.</summary>
    public List<LookupRequest> Asked { get; } = [];

    /// <summary>Every step that was left.</summary>
    public List<StepTaken> Steps { get; } = [];

    /// <summary>Says something and follows look-ups to their end.</summary>
    /// <param name="text">The message.</param>
    /// <param name="intent">What it surely means; null for nothing in particular.</param>
    /// <param name="article">The article that surely answers it.</param>
    /// <param name="files">Files that come with it.</param>
    public Decision Say(string text, string? intent = null, string? article = null, params string[] files)
    {
        var inquiry = new Inquiry(text, [new IntentPrediction(_company.Intents.Single(i => i.Name == (intent ?? "tent_care")), intent is null ? 0.1 : 0.9)], 1, 1);
        var features = new RankFeatures(1, 1, 1, 1, 1, 1, 1, 1, 1);
        RankedArticle[] ranked = article is null ? [] : [.. _company.Articles.Where(a => a.Slug == article).Select(a => new RankedArticle(a, 5, features, 4, [.. a.Passages.Select(p => new RankedPassage(p, 5, features))]))];
        LookupOutcome? outcome = null;
        while (true)
        {
            var turn = new Turn(text, inquiry, ranked, article is null ? 0 : 0.9, null, State, Now) { Customer = Customer with { Files = files }, LookedUp = outcome };
            var decision = _rules.Decide(turn);
            State = global::System.Text.Json.JsonSerializer.Deserialize<DialogueState>(global::System.Text.Json.JsonSerializer.Serialize(decision.Next))!;
            Steps.AddRange(decision.Steps);
            if (decision is not Decision.LookUp lookUp)
            {
                return decision;
            }

            Asked.Add(lookUp.Request);
            outcome = System(lookUp.Request);
        }
    }

    public void Dispose() => _files.Dispose();
}
