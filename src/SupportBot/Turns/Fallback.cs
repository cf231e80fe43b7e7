using SupportBot.Answers;
using SupportBot.Company;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>What the customer gets when the bot itself breaks: a human.</summary>
public static class Fallback
{
    public static Decision For(CompanyFacts facts) => new Decision.Escalate(
        ReasonCode.BotFailure,
        new Evidence(ReasonCode.BotFailure, nameof(Fallback), "The bot failed on this message; the log says how.", null, [], [], null, null),
        null,
        DialogueState.Start,
        "Something went wrong on my side. Your message is kept, and I'm bringing in a colleague who answers you right here.",
        facts.DefaultQueue,
        Priority.High,
        "The bot failed",
        new Dictionary<string, string>());
}
