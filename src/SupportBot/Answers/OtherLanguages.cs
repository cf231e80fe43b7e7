using System.Globalization;
using SupportBot.Inquiries.Languages;

namespace SupportBot.Answers;

/// <summary>
/// Customers who write in a language that the company has no articles in. The bot does not guess at what they mean: it says so in their own
/// language, in one line that it knows by heart, and brings in a human.
/// </summary>
internal static class OtherLanguages
{
    private const double Sure = 0.7;
    private const double FamiliarEnough = 0.7;

    /// <summary>"I answer in English only. A colleague will read your message.", with the language's name where English stands.</summary>
    private static readonly Dictionary<string, string> Lines = new(StringComparer.Ordinal)
    {
        ["de"] = "Ich bin ein Bot und verstehe Ihre Sprache nicht gut genug. Eine Kollegin oder ein Kollege liest Ihre Nachricht.",
        ["fr"] = "Je suis un robot et je ne comprends pas assez bien votre langue. Un collègue va lire votre message.",
        ["es"] = "Soy un bot y no entiendo bien su idioma. Un compañero leerá su mensaje.",
        ["it"] = "Sono un bot e non capisco abbastanza bene la sua lingua. Un collega leggerà il suo messaggio.",
        ["nl"] = "Ik ben een bot en begrijp uw taal niet goed genoeg. Een collega leest uw bericht.",
        ["pt"] = "Sou um bot e não entendo bem a sua língua. Um colega vai ler a sua mensagem.",
        ["pl"] = "Jestem botem i nie rozumiem dobrze tego języka. Twoją wiadomość przeczyta ktoś z zespołu.",
        ["sv"] = "Jag är en bot och förstår inte ditt språk tillräckligt bra. En kollega läser ditt meddelande.",
        ["da"] = "Jeg er en bot og forstår ikke dit sprog godt nok. En kollega læser din besked.",
        ["no"] = "Jeg er en bot og forstår ikke språket ditt godt nok. En kollega leser meldingen din.",
        ["fi"] = "Olen botti enkä ymmärrä kieltäsi riittävän hyvin. Työtoveri lukee viestisi.",
        ["cs"] = "Jsem bot a nerozumím dobře vašemu jazyku. Vaši zprávu si přečte kolega.",
        ["tr"] = "Ben bir botum ve dilinizi yeterince iyi anlamıyorum. Mesajınızı bir çalışanımız okuyacak.",
        ["ru"] = "Я бот и недостаточно хорошо понимаю ваш язык. Ваше сообщение прочитает сотрудник.",
        ["uk"] = "Я бот і недостатньо добре розумію вашу мову. Ваше повідомлення прочитає співробітник.",
        ["el"] = "Είμαι ένα bot και δεν καταλαβαίνω αρκετά καλά τη γλώσσα σας. Ένας συνάδελφος θα διαβάσει το μήνυμά σας.",
        ["zh"] = "我是机器人，还不能很好地理解您的语言。同事会阅读您的消息。",
        ["ja"] = "私はボットで、お使いの言語を十分に理解できません。担当者がメッセージを読みます。",
        ["ko"] = "저는 봇이며 사용하시는 언어를 충분히 이해하지 못합니다. 담당자가 메시지를 읽겠습니다.",
    };

    /// <summary>The language of a message when it is surely none of the company's; null otherwise.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="spoken">The languages of the company's articles, such as <c>en</c>.</param>
    public static string? Of(Turn turn, IReadOnlySet<string> spoken)
    {
        var guess = LanguageDetector.Detect(turn.Text);
        return guess.IsKnown && guess.Confidence >= Sure && !spoken.Contains(guess.Tag) && turn.Inquiry.KnownWordShare < FamiliarEnough ? guess.Tag : null;
    }

    /// <summary>The line for a language, followed by what the bot says in its own.</summary>
    public static string Line(string language, string said) => Lines.TryGetValue(language, out var line) ? $"{line}\n\n{said}" : said;

    /// <summary>The language's English name.</summary>
    public static string NameOf(string language) => CultureInfo.GetCultureInfo(language).EnglishName;
}
