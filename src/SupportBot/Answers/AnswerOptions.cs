using System.ComponentModel.DataAnnotations;

namespace SupportBot.Answers;

/// <summary>Where the bot draws its lines. All shares and probabilities are 0 to 1.</summary>
public sealed record AnswerOptions
{
    /// <summary>Share of the company's labelled questions that may be answered wrongly: the answer threshold is set to it.</summary>
    [Range(0.001, 0.5)]
    public double WrongAnswerShare { get; init; } = 0.03;

    /// <summary>
    /// The same for questions that are made by leaving phrasings out, which serve while there are too few labelled ones. Each has lost its own
    /// phrasing and asks about what others say best, so they are harder than what customers ask: about half of this share comes to pass.
    /// </summary>
    [Range(0.001, 0.5)]
    public double WrongHeldOutShare { get; init; } = 0.13;

    /// <summary>Share of questions that no article answers which fitting assumes.</summary>
    [Range(0.0, 0.9)]
    public double UnanswerableShare { get; init; } = 0.1;

    /// <summary>The answer threshold; null takes the fitted one.</summary>
    [Range(0.0, 1.0)]
    public double? AnswerThreshold { get; init; }

    /// <summary>From this probability on an intent is acted on: small talk, a human, a workflow.</summary>
    [Range(0.05, 1.0)]
    public double ActOnIntent { get; init; } = 0.5;

    /// <summary>From this probability on another intent ends the collecting of values.</summary>
    [Range(0.05, 1.0)]
    public double ChangeSubject { get; init; } = 0.75;

    /// <summary>From this probability on an intent is a plausible reading.</summary>
    [Range(0.01, 1.0)]
    public double PlausibleIntent { get; init; } = 0.12;

    /// <summary>What the plausible readings must have together for asking back.</summary>
    [Range(0.05, 1.0)]
    public double PlausibleTogether { get; init; } = 0.45;

    /// <summary>Below this answer probability a question without a likely intent is out of scope.</summary>
    [Range(0.0, 1.0)]
    public double OutOfScopeBelow { get; init; } = 0.25;

    /// <summary>The intent of customers who ask for a human.</summary>
    [Required]
    public string HumanIntent { get; init; } = "contact_human_agent";
}
