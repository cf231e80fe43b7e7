using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// The decision: rules tried in order, the first that applies decides. Pure: a turn in, a decision out. What the customer
/// says about the dialogue itself (a human, a ticket, a value that was asked for) comes before what the question is about.
/// </summary>
internal sealed class DecisionRules
{
    private const int MostReadings = 3;
    private const double CloseToTopArticle = 0.8;
    private const double CertainIntent = 0.7;
    private const double FewestFamiliarWords = 0.2;
    private const string NotSure = "I'm a bot and not sure about this one, and I'd rather not guess.";

    private readonly CompanyReading _company;
    private readonly AnswerOptions _options;
    private readonly double _threshold;
    private readonly Wording _wording;
    private readonly Replies _replies;
    private readonly ProcessRules _process;
    private readonly CollectingRules _collecting;
    private readonly GoingOn _goingOn;
    private readonly CaseRules _cases;
    private readonly HashSet<string> _languages;

    public DecisionRules(CompanyReading company, BusinessHours hours, AnswerOptions options, double threshold)
    {
        (_company, _options, _threshold) = (company, options, threshold);
        _wording = new Wording(company.Facts, hours);
        _replies = new Replies(company, _wording, threshold);
        _process = new ProcessRules(_replies, new ProcessEnd(_replies));
        _collecting = new CollectingRules(_replies, _process, options, threshold);
        _goingOn = new GoingOn(_replies, _process);
        _cases = new CaseRules(_replies, _process, options);
        _languages = company.Articles.Select(a => a.Locale.Split('-')[0].ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Decides a turn.</summary>
    public Decision Decide(Turn turn) => _goingOn.Keep(turn, turn.LookedUp is { } outcome ? _process.After(turn, outcome) : ByRules(turn));

    private Decision ByRules(Turn turn) =>
        EmptyText(turn)
        ?? AskedForHuman(turn)
        ?? _cases.FollowUpReply(turn)
        ?? _goingOn.Decide(turn)
        ?? _collecting.Decide(turn)
        ?? _cases.AskedForTicket(turn)
        ?? _cases.Solved(turn)
        ?? InOtherLanguage(turn)
        ?? SmallTalk(turn)
        ?? NotHelped(turn)
        ?? _cases.WorkflowNeverAnswers(turn)
        ?? _cases.OwnCase(turn)
        ?? _cases.ValueForLastCase(turn)
        ?? ReadingChosen(turn)
        ?? NoneOfThem(turn)
        ?? Answered(turn)
        ?? Ambiguous(turn)
        ?? NotAnswered(turn);

    private Decision? EmptyText(Turn turn)
    {
        if (Tokenizer.Words(turn.Text).Count > 0 || _collecting.HoldsAskedValue(turn))
        {
            return null;
        }

        var evidence = _replies.Evidence(turn, ReasonCode.EmptyText, nameof(EmptyText), "The message holds no words.");
        return new Decision.SmallTalk(ReasonCode.EmptyText, evidence, turn.State.Intent, turn.State, Wording.EmptyText);
    }

    private Decision? AskedForHuman(Turn turn)
    {
        var probability = turn.Inquiry.ProbabilityOf(_options.HumanIntent);
        var clicked = Cues.IsTalkToPerson(turn.Text);
        var learnt = turn.Inquiry.Top?.Intent.Name == _options.HumanIntent && probability >= _options.ActOnIntent && !HumanRequest.AsksWhoTalks(turn.Text);
        if (!clicked && !learnt && !HumanRequest.Is(turn.Text))
        {
            return null;
        }

        // A value that fits the pattern asked for is that value, however it reads as a sentence.
        if (!clicked && _collecting.HoldsAskedValue(turn))
        {
            return null;
        }

        var about = turn.State.Intent is { } intent && intent != _options.HumanIntent ? intent : null;
        return _replies.Escalate(
            turn, ReasonCode.AskedForHuman, nameof(AskedForHuman), "The customer asked for a person.", "Of course.", about,
            _replies.WorkflowOf(turn, _options.HumanIntent).Priority);
    }

    private Decision? SmallTalk(Turn turn)
    {
        if (turn.Inquiry.Top is not { } top || top.Probability < _options.ActOnIntent || _replies.WorkflowOf(turn, top.Intent.Name).Reply is not { } reply)
        {
            return null;
        }

        var evidence = _replies.Evidence(turn, ReasonCode.SmallTalk, nameof(SmallTalk), $"This reads as small talk: {top.Intent.Title}.");
        return new Decision.SmallTalk(ReasonCode.SmallTalk, evidence, top.Intent.Name, turn.State, reply)
        {
            Afterthought = _collecting.OpenQuestion(turn) is { } prompt ? new Afterthought(prompt, []) : null,
        };
    }

    private Decision? NotHelped(Turn turn) =>
        CaseRules.HasAnswer(turn) && Cues.SaysNotHelped(turn.Text)
            ? _replies.Escalate(
                turn, ReasonCode.NotHelped, nameof(NotHelped), "The customer says that the last answer did not help.",
                "I'm sorry that my answer did not help.", turn.State.Intent)
            : null;

    private Decision? InOtherLanguage(Turn turn)
    {
        if (OtherLanguages.Of(turn, _languages) is not { } language)
        {
            return null;
        }

        var escalate = _replies.Escalate(
            turn, ReasonCode.OtherLanguage, nameof(InOtherLanguage), $"The customer seems to write in {OtherLanguages.NameOf(language)}, in which there are no articles.",
            "I'm a bot and not sure I understand.", null);
        return escalate with { Text = OtherLanguages.Line(language, escalate.Text) };
    }

    private Decision? ReadingChosen(Turn turn) =>
        turn.Chosen is { } chosen && turn.Ranked.Count > 0
            ? Answer(turn, ReasonCode.ReadingChosen, nameof(ReadingChosen), $"The customer chose \"{chosen.Title}\".")
            : null;

    private Decision? NoneOfThem(Turn turn) =>
        turn.Inquiry.NoneOfThem >= _options.ActOnIntent
            ? _replies.Escalate(
                turn, ReasonCode.OutOfScope, nameof(NoneOfThem), "Agents said of messages like this that they are about nothing that the bot handles.", NotSure, null)
            : null;

    private Decision? Answered(Turn turn) =>
        IsFamiliar(turn) && turn.AnswerProbability >= _threshold
            ? Answer(turn, ReasonCode.Answered, nameof(Answered), $"The article \"{turn.Ranked[0].Article.Title}\" answers it.")
            : null;

    private Decision Answer(Turn turn, ReasonCode reason, string rule, string explanation)
    {
        var composed = AnswerComposer.Compose(turn.Inquiry.Text, turn.Ranked);
        var intent = LikelyIntent(turn);
        if (turn.Inquiry.Top is { } top && _replies.WorkflowOf(turn, top.Intent.Name).Answer == AnswerMode.Draft)
        {
            return _replies.Draft(turn, top.Intent.Name, new Draft(composed.Text, composed.Citations), rule);
        }

        var next = DialogueState.Start with
        {
            Intent = intent,
            Question = Replies.QuestionOf(turn),
            LastArticle = turn.Ranked[0].Article.Slug,
        };
        return new Decision.Answer(reason, _replies.Evidence(turn, reason, rule, explanation), intent, next, composed.Text, composed.Citations);
    }

    private Decision? Ambiguous(Turn turn)
    {
        if (turn.State.Offered.Count > 0 || !IsFamiliar(turn))
        {
            return null;
        }

        var readings = IntentReadings(turn) ?? ArticleReadings(turn);
        if (readings is null)
        {
            return null;
        }

        var evidence = _replies.Evidence(turn, ReasonCode.Ambiguous, nameof(Ambiguous), $"There are {readings.Count} plausible readings.");
        ReplyOption[] options = [.. readings, new ReplyOption(Cues.TalkToPerson, Cues.TalkToPerson)];
        var next = DialogueState.Start with
        {
            Question = Replies.QuestionOf(turn),
            Offered = options,
            Unanswered = turn.State.Unanswered + 1,
        };
        return new Decision.AskBack(ReasonCode.Ambiguous, evidence, LikelyIntent(turn), next, Wording.AskBack, options);
    }

    private IReadOnlyList<ReplyOption>? IntentReadings(Turn turn)
    {
        var plausible = turn.Inquiry.Predictions
            .TakeWhile(p => p.Probability >= _options.PlausibleIntent)
            .Where(p => p.Intent.Articles.Count > 0 || _replies.WorkflowOf(turn, p.Intent.Name).Answer == AnswerMode.Never)
            .Where(p => p.Intent.Name != _options.HumanIntent)
            .Take(MostReadings)
            .ToArray();
        return plausible.Length >= 2 && plausible.Sum(p => p.Probability) >= _options.PlausibleTogether
            ? [.. plausible.Select(p => new ReplyOption(p.Intent.Title, p.Intent.Title, Intent: p.Intent.Name))]
            : null;
    }

    private IReadOnlyList<ReplyOption>? ArticleReadings(Turn turn)
    {
        if (turn.Ranked.Count < 2 || turn.AnswerProbability < _options.OutOfScopeBelow)
        {
            return null;
        }

        var close = turn.Ranked.TakeWhile(r => r.Score >= CloseToTopArticle * turn.Ranked[0].Score).Take(MostReadings).ToArray();
        return close.Length >= 2
            ? [.. close.Select(r => new ReplyOption(r.Article.Title, r.Article.Title, Article: r.Article.Slug))]
            : null;
    }

    private Decision NotAnswered(Turn turn)
    {
        var top = turn.Inquiry.Top;
        if (top is not null && top.Probability >= CertainIntent && turn.AnswerProbability >= _options.OutOfScopeBelow
            && _replies.WorkflowOf(turn, top.Intent.Name).Otherwise == Otherwise.Ticket)
        {
            return _process.Begin(
                turn, top.Intent.Name, ReasonCode.LowConfidence, nameof(NotAnswered),
                $"It is about \"{top.Intent.Title}\", but no article surely answers it.", ticketWanted: true);
        }

        if (turn.Ranked.Count == 0)
        {
            return _replies.Escalate(
                turn, ReasonCode.NoPassage, nameof(NotAnswered), "No article has anything to do with it.", NotSure, LikelyIntent(turn));
        }

        return (turn.AnswerProbability < _options.OutOfScopeBelow || !IsFamiliar(turn)) && LikelyIntent(turn) is null
            ? _replies.Escalate(turn, ReasonCode.OutOfScope, nameof(NotAnswered), "It is like nothing that the bot knows.", NotSure, null)
            : _replies.Escalate(
                turn, ReasonCode.LowConfidence, nameof(NotAnswered), "Too little says that the best article answers it.", NotSure, LikelyIntent(turn));
    }

    // Whatever the figures say: an answer to words of which hardly any occurs in the company's texts is a guess.
    private static bool IsFamiliar(Turn turn) => turn.Ranked.Count > 0 && turn.Ranked[0].Features.Familiar >= FewestFamiliarWords;

    private string? LikelyIntent(Turn turn) =>
        turn.Inquiry.Top is { } top && top.Probability >= _options.ActOnIntent ? top.Intent.Name : null;
}
