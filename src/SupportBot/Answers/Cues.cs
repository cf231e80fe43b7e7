using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>The few set phrases that mean something in a dialogue whatever the company sells.</summary>
public static class Cues
{
    /// <summary>The button that brings in a human.</summary>
    public const string TalkToPerson = "Talk to a person";

    /// <summary>The button below an answer that settles the conversation.</summary>
    public const string Solved = "That solved it";

    /// <summary>The button that says it is not settled.</summary>
    public const string NotYet = "Not yet";

    /// <summary>The button that opens a ticket.</summary>
    public const string OpenTicket = "Open a ticket";

    private const int ShortMessage = 12;
    private const int ReachOfVerb = 4;
    private const int WordsOfYes = 4;

    private static readonly HashSet<string> ThanksWords = new(StringComparer.Ordinal)
    {
        "thanks", "thank", "you", "cheers", "great", "perfect", "lovely", "brilliant", "many", "so", "very", "much", "ok", "okay", "all", "good", "that", "is",
    };

    private static readonly HashSet<string> YesWords = new(StringComparer.Ordinal) { "yes", "yeah", "yep", "ok", "okay", "sure", "please", "continue", "go", "on", "lets", "it", "did" };

    private static readonly HashSet<string> NoWords = new(StringComparer.Ordinal) { "no", "nope", "not", "yet", "leave", "it", "thanks", "dont", "didnt", "drop", "forget", "now" };

    private static readonly string[][] NotHelpedPhrases = Phrases(
        "did not help", "didnt help", "does not help", "doesnt help", "not helpful", "no help", "unhelpful", "not what i asked", "not what i meant",
        "not my question", "didnt answer", "did not answer", "doesnt answer", "does not answer", "wrong answer", "still not working", "still doesnt work");

    private static readonly string[][] CorrectionPhrases = Phrases(
        "sorry", "i meant", "i mean", "actually", "correction", "wrong number", "typo", "mistyped", "should be", "i made a mistake", "not that one");

    private static readonly HashSet<string> TicketVerbs = ["open", "create", "raise", "log", "submit", "file", "make"];

    /// <summary>Whether the text is the button that brings in a human.</summary>
    public static bool IsTalkToPerson(string text) => Same(text, TalkToPerson);

    /// <summary>Whether the text is the button that settles the conversation.</summary>
    public static bool IsSolved(string text) => Same(text, Solved);

    /// <summary>Whether a text gives thanks and says nothing else.</summary>
    public static bool SaysThanks(string text) => SaysOnly(text, ThanksWords) && Tokenizer.Words(text).Exists(w => w is "thanks" or "thank" or "cheers" or "great" or "perfect");

    /// <summary>Whether a text says yes and nothing else.</summary>
    public static bool SaysYes(string text) => SaysOnly(text, YesWords);

    /// <summary>Whether a text says no and nothing else.</summary>
    public static bool SaysNo(string text) => SaysOnly(text, NoWords);

    /// <summary>Whether two texts have the same words.</summary>
    public static bool Same(string text, string other) => Tokenizer.Words(text).SequenceEqual(Tokenizer.Words(other));

    /// <summary>Whether a short message says that the answer was of no use.</summary>
    public static bool SaysNotHelped(string text) => ShortAndHolds(text, NotHelpedPhrases);

    /// <summary>Whether a short message corrects what was said before.</summary>
    public static bool SaysCorrection(string text) => ShortAndHolds(text, CorrectionPhrases);

    /// <summary>Whether the customer asks for a ticket: "please open a support ticket".</summary>
    public static bool AsksForTicket(string text)
    {
        var words = Tokenizer.Words(text);
        var ticket = words.IndexOf("ticket");
        return ticket > 0 && words.GetRange(Math.Max(0, ticket - ReachOfVerb), Math.Min(ReachOfVerb, ticket)).Any(TicketVerbs.Contains);
    }

    private static bool SaysOnly(string text, HashSet<string> words)
    {
        var said = Tokenizer.Words(text);
        return said.Count is > 0 and <= WordsOfYes && said.TrueForAll(words.Contains);
    }

    private static string[][] Phrases(params string[] phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];

    private static bool ShortAndHolds(string text, string[][] phrases)
    {
        var words = Tokenizer.Words(text);
        return words.Count <= ShortMessage && phrases.Any(phrase => Holds(words, phrase));
    }

    /// <summary>Whether words follow each other in a text as in a phrase.</summary>
    internal static bool Holds(List<string> words, string[] phrase)
    {
        for (var start = 0; start + phrase.Length <= words.Count; start++)
        {
            if (words.Skip(start).Take(phrase.Length).SequenceEqual(phrase))
            {
                return true;
            }
        }

        return false;
    }
}
