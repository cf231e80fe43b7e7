using System.Globalization;
using System.Text;
using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>
/// "Let me talk to a human", in any wording and the languages that customers of a European shop write. A customer who asks for a person must
/// never have to argue with a classifier, so this is a rule and not learnt: a word for getting in touch close to a word for a person, or
/// a set phrase. Asking whether one talks to a bot is not asking for a person.
/// </summary>
public static class HumanRequest
{
    private const int LongestRequest = 40;
    private const int Reach = 6;

    /// <summary>Words for a person who helps. In all languages at once: a false friend would also have to stand beside a contact word.</summary>
    private static readonly HashSet<string> People = Words("""
        human person people agent agents representative rep operator adviser advisor colleague employee manager supervisor staff someone somebody anyone anybody humans
        mensch menschen menschlichen person mitarbeiter mitarbeiterin mitarbeitenden berater beraterin kollege kollegin jemand jemandem jemanden kundenberater kundendienst
        humain personne conseiller conseillere agent operateur responsable quelquun collegue employe interlocuteur
        humano humana persona agente asesor asesora operador operadora alguien empleado representante encargado
        umano persona operatore operatrice agente qualcuno consulente addetto responsabile
        mens medewerker medewerkster collega iemand persoon adviseur
        pessoa humano humana atendente agente alguem operador funcionario
        czlowiekiem czlowieka konsultantem konsultanta pracownikiem kims osoba
        manniska manniskan person medarbetare nagon handlaggare
        menneske person medarbejder nogen ansat noen kundebehandler
        ihminen ihmisen asiakaspalvelija henkilo jonkun
        clovekem cloveka operatorem pracovnikem nekym
        insan insanla temsilci temsilciyle yetkili biriyle musteri
        duine
        """);

    /// <summary>Words for getting in touch.</summary>
    private static readonly HashSet<string> Contacts = Words("""
        talk talking speak speaking chat connect transfer reach contact get want need give put pass escalate
        sprechen reden verbinden verbinde verbindet kontaktieren telefonieren brauche mochte will schreiben
        parler discuter joindre contacter veux voudrais besoin passez passer transferer
        hablar contactar comunicar comunicarme quiero necesito pasame chatear transferir
        parlare contattare voglio vorrei passami chattare bisogno
        spreken praten contact wil chatten doorverbinden nodig
        falar conversar contatar quero preciso contactar transferir
        rozmawiac porozmawiac polaczyc kontakt chce prosze skontaktowac
        prata tala chatta koppla vill kontakta
        tale snakke kontakte vil snak sette
        puhua jutella haluan yhdista
        mluvit promluvit chci spojit
        gorusmek konusmak baglanmak istiyorum baglayin
        labhairt caint
        """);

    /// <summary>Words that make a person of a doubtful one: "a real person", "a live agent".</summary>
    private static readonly HashSet<string> Real = Words("real actual live human echte echten echter vrai vraie reel real verdadera vera vero echt rigtig riktig");

    /// <summary>Phrases that ask for a person by themselves, as sequences of words.</summary>
    private static readonly string[][] Phrases = [.. """
        customer service please
        customer support please
        speak to support
        talk to support
        talk to customer service
        speak to customer service
        speak with customer service
        real person
        real human
        human please
        agent please
        operator please
        live agent
        live chat
        get me a human
        not a bot
        no bot
        kundenservice sprechen
        service client
        servicio al cliente
        atencion al cliente
        servizio clienti
        klantenservice
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split(' '))];

    /// <summary>Scripts without spaces, and languages in other alphabets: parts of the text.</summary>
    private static readonly string[] Parts =
    [
        "人工", "真人", "转接客服", "轉接客服", "找客服", "和人说话", "跟人说", "和真人",
        "オペレーター", "人間と話", "担当者と話", "担当者につな", "有人対応", "人と話",
        "상담원", "상담사", "사람과 ", "사람이랑",
        "คุยกับคน", "เจ้าหน้าที่", "คุยกับพนักงาน",
        "с человеком", "с оператором", "живой человек", "живого человека", "соедините с", "оператора",
        "з людиною", "з оператором", "оператора",
        "με άνθρωπο", "με εκπρόσωπο", "με υπάλληλο",
        "مع شخص", "مع موظف", "موظف خدمة", "التحدث إلى",
        "עם נציג", "עם בן אדם", "נציג אנושי", "עם אדם",
    ];

    private static readonly HashSet<string> AboutTheBot = Words("bot robot computer machine ai");

    private static readonly string[] Lone = ["human", "agent", "representative", "operator", "person", "mensch", "humain", "humano", "umano"];

    /// <summary>Whether the customer asks for a person.</summary>
    public static bool Is(string text)
    {
        if (Parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var words = PlainWords(text);
        if (words.Count is 0 or > LongestRequest || AsksWhoTalks(words))
        {
            return false;
        }

        return (words.Count <= 2 && words.Exists(w => Lone.Contains(w)))
            || Phrases.Any(phrase => HoldsPhrase(words, phrase))
            || HoldsRequest(words);
    }

    /// <summary>Whether the customer asks if a program talks to them: "are you a real person?", "am I talking to a bot?".</summary>
    public static bool AsksWhoTalks(string text) => AsksWhoTalks(PlainWords(text));

    private static bool AsksWhoTalks(List<string> words)
    {
        if (words.Count > 12)
        {
            return false;
        }

        var asksYou = HoldsPhrase(words, ["are", "you"]) || HoldsPhrase(words, ["is", "this"]) || HoldsPhrase(words, ["am", "i"]);
        return asksYou && words.Exists(w => AboutTheBot.Contains(w) || w is "human" or "person");
    }

    private static bool HoldsRequest(List<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!People.Contains(words[i]) || IsAboutSomebodyElse(words, i))
            {
                continue;
            }

            if (i > 0 && Real.Contains(words[i - 1]))
            {
                return true;
            }

            for (var c = Math.Max(0, i - Reach); c < Math.Min(words.Count, i + Reach); c++)
            {
                // "Someone" is anybody at all: only talking counts, and only before it.
                if (Contacts.Contains(words[c]) && (!IsAnybody(words[i]) || (c < i && IsTalk(words[c]) && i - c <= 3)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsAnybody(string word) =>
        word is "someone" or "somebody" or "anyone" or "anybody" or "people" or "jemand" or "jemandem" or "jemanden" or "staff" or "employee" or "person" or "persona"
            or "personne" or "pessoa" or "persoon";

    private static bool IsTalk(string word) => word is not ("get" or "want" or "need" or "give" or "will" or "vil" or "put" or "pass" or "contact");

    /// <summary>"My travel agent", "two people", "per person", "a cleaning agent": somebody or something in the story, not one to talk to.</summary>
    private static bool IsAboutSomebodyElse(List<string> words, int i) =>
        i > 0 && (words[i - 1] is "my" or "per" or "each" or "every" or "one" or "two" or "three" or "four" or "travel" or "estate" or "cleaning" or "wetting" or "which"
            || words[i - 1].All(char.IsAsciiDigit));

    private static bool HoldsPhrase(List<string> words, string[] phrase)
    {
        for (var start = 0; start + phrase.Length <= words.Count; start++)
        {
            var matches = true;
            for (var p = 0; p < phrase.Length && matches; p++)
            {
                matches = words[start + p] == phrase[p];
            }

            if (matches)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Without accents: "möchte" and "mochte", "człowiekiem" and "czlowiekiem" are the same here.</summary>
    private static List<string> PlainWords(string text) => Tokenizer.Words(text).ConvertAll(static word =>
    {
        var plain = new StringBuilder(word.Length);
        foreach (var character in word.Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(character switch { 'ł' => 'l', 'ø' => 'o', 'ı' => 'i', _ => character });
            }
        }

        return plain.ToString();
    });

    private static HashSet<string> Words(string list) =>
        new(list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
