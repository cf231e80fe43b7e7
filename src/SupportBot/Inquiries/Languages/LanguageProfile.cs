namespace SupportBot.Inquiries.Languages;

/// <summary>What speaks for a language among those of its script: small words, letters of its own, and endings.</summary>
internal sealed class LanguageProfile
{
    private const double VoteOfWord = 1;
    private const double VoteOfLetter = 0.8;
    private const double VoteOfEnding = 0.4;
    private const int ShortestWithEnding = 5;

    private readonly HashSet<string> _words;
    private readonly string _letters;
    private readonly string[] _endings;

    private LanguageProfile(string tag, string words, string letters, string endings)
    {
        Tag = tag;
        _words = [.. Cut(words)];
        _letters = letters;
        _endings = Cut(endings);
    }

    public static IReadOnlyList<LanguageProfile> Latin { get; } =
    [
        new("en", "the a an and or is are was were be been am do does did have has had i me my you your we our they it he she this that these those to of in on for with from at by not no yes can could will would should what when where why how which who there if but about get got need want please hello thanks thank still after before dont cant im ive didnt isnt wont doesnt order because into out up", "", "ing tion ness ment ould"),
        new("de", "der die das den dem des ein eine einen einem einer und oder ist sind war bin habe hat haben ich mich mir mein meine meinen meiner du sie ihr ihre ihnen wir uns unser es er nicht kein keine ja nein auf in im zu zum zur von vom mit für bei nach aus über an wie was wann wo warum wer welche kann können konnte möchte will wurde werden wird wenn aber noch schon auch nur sehr bitte danke hallo dass als bis um", "äöüß", "ung lich keit heit isch ieren chen"),
        new("fr", "le la les un une des du de et ou est sont je me moi mon ma mes tu vous votre vos nous notre il elle ils on ce cette ces ne pas non oui que qui quoi quand où comment pourquoi combien dans sur pour avec par au aux à en se sa son ses ai as avez avons été être avoir fait peut peux puis voudrais merci bonjour svp plus mais si encore très toujours sans jai cest quil quelle quel lai dun nai sil quon bonsoir", "çèêœùû", "tion ment eux elle ée ées ez"),
        new("es", "el la los las un una unos y o es son está están soy estoy yo me mi mis tu su sus usted ustedes nosotros no sí que qué cuándo dónde cómo cuál quién por para con sin de del al en se lo le les ha he han hay hace puedo puede quiero quisiera tengo tiene más pero todavía ya muy gracias hola favor cuando donde como porque desde hasta este esta cuánto cuánta cuesta cuestan envío pedido buenos buenas días tardes", "ñ", "ción mente idad ado ando iendo"),
        new("it", "il lo la i gli le un una uno e o è sono ho ha hai hanno io mi mio mia miei tuo suo vostro nostro noi voi non no sì che chi cosa quando dove come perché quanto quale di del della dei delle dello da dal in nel nella con su per tra al alla ai si ci ne posso può vorrei voglio ancora già molto più ma se anche grazie ciao buongiorno favore essere stato questo questa costa costano dovè lordine nellordine dellordine è mio mia buona sera", "", "zione mente ità ato zioni iamo"),
        new("nl", "de het een en of is zijn was waren ben heb heeft hebben ik mij me mijn je jij jullie uw u wij we ons onze zij ze hij het niet geen ja nee in op aan te tot van voor met bij naar uit over door wat wanneer waar waarom hoe wie welke kan kunnen kon wil zou zal worden wordt als maar nog al ook zeer graag bedankt dank hallo dat die dit deze er om alstublieft moet", "ĳ", "lijk heid ing en tje ij"),
        new("pt", "o a os as um uma uns e ou é são está estão eu me mim meu minha meus minhas seu sua você vocês nós não sim que quem quando onde como porque por quanto qual de do da dos das em no na nos nas com para pelo pela ao à se lhe foi ser ter tenho tem posso pode quero queria gostaria mais mas ainda já muito obrigado obrigada olá favor isso este esta ele ela", "ãõ", "ção ções mente dade ado inho"),
        new("pl", "i w na z do od po za o u nie tak jest są był była było być mam ma mieć ja mnie mi mój moja moje mojego mojej ty twój pan pani wy się to ten ta te tego tej co kto kiedy gdzie jak dlaczego ile który która czy ale lub oraz już jeszcze tylko bardzo proszę dziękuję dzień dobry cześć można mogę może chcę chciałbym chciałabym dla przez przy żeby aby jeśli ze", "ąęłńśźżć", "ść nie ego owie ych ować"),
        new("sv", "och eller är var jag mig min mitt mina du dig din ditt dina ni er vi oss vår det den de dem en ett att som inte ingen ja nej på i till från av med för om vid efter hur vad när var varför vem vilken kan kunde vill skulle ska har hade blir blev men också bara mycket tack hej snälla finns få får jag än nu detta denna måste tillbaka ha hjälp frakt frakten beställning gärna prata", "", "het ning lig are arna tion skt"),
        new("da", "og eller er var jeg mig min mit mine du dig din dit dine i jer vi os vores det den de dem en et at som ikke ingen ja nej på til fra af med for om ved efter hvordan hvad hvornår hvor hvorfor hvem hvilken kan kunne vil ville skal har havde bliver blev men også kun meget tak hej venligst findes få får nu dette denne endnu skulle blive været mangler gerne tilbage noget nogen hvis tale kommet tirsdags mandags onsdags uge uger fragt fragten mens have hjælp", "", "hed ning lig erne tion sk"),
        new("no", "og eller er var jeg meg min mitt mine du deg din ditt dine dere vi oss vår det den de dem en et ei å at som ikke ingen ja nei på i til fra av med for om ved etter hvordan hva når hvor hvorfor hvem hvilken kan kunne vil ville skal har hadde blir ble men også bare veldig mye takk hei vennligst finnes få får nå dette denne ennå skulle vært mangler noe gjerne tilbake noen hvis snakke ha uke uker frakt frakten kommet bestillingen hjelp kroner", "", "het ning lig ene sjon sk"),
        new("fi", "ja tai on ovat oli olen olla ei en et emme eivät minä minun minulle minulla sinä sinun te teidän me meidän se ne hän he tämä tuo mitä mikä milloin missä miten miksi kuka kuinka voi voin voiko voisin haluan haluaisin pitää kun jos mutta vielä jo myös vain hyvin kiitos hei moi ole että kanssa ilman jälkeen ennen tilaus tilaukseni mihin saada paljonko paljon maksaa toimitus palauttaa mitään", "", "ssa ssä sta stä lla llä lta ltä ksi inen iin een nut"),
        new("cs", "a i nebo v ve na z ze do od po za o u k s se si je jsou byl byla bylo být mám má mít já mě mi můj moje mého moji ty tvůj vy váš vaše vám my to ten ta te toho co kdo kdy kde jak proč kolik který která jestli ale už ještě jen velmi prosím děkuji dobrý den ahoj mohu může můžu chci chtěl chtěla bych pro při aby pokud není jsem jste nemohu", "ěřůťď", "ého ost ní ých ovat ám"),
        new("tr", "ve veya bir bu şu o ben benim bana beni sen sizin siz size biz bizim mi mı mu mü değil var yok ne nasıl nerede neden niçin hangi kim kaç zaman için ile ama çok daha henüz hâlâ da de ki gibi kadar sonra önce olarak evet hayır merhaba lütfen teşekkürler teşekkür istiyorum edebilir miyim nereye her şey olan oldu siparişim geri kargo mıyım misiniz mısınız musunuz olmazsa bilir", "ığş", "lar ler yor dan den ım im mak mek ması miş"),
    ];

    public static IReadOnlyList<LanguageProfile> Cyrillic { get; } =
    [
        new("ru", "и или в на с к от до по за о у не нет да это что кто когда где как почему сколько который я меня мне мой моя мою моего ты вы вас вам ваш мы нас он она они был была было быть есть могу можно может хочу хотел бы но уже ещё еще только очень пожалуйста спасибо здравствуйте привет для при если чтобы после заказ мой его так", "ыэъё", "ость ение ться ого ыми ый ая"),
        new("uk", "і й або в у на з до від по за про не ні так це що хто коли де як чому скільки який яка я мене мені мій моя моє моє мою мого ти ви вас вам ваш ми нас він вона вони був була було бути є можу можна може хочу хотів би але вже ще тільки дуже будь ласка дякую вітаю привіт для при якщо щоб після замовлення його та", "їієґ", "ість ення ться ого ими ий"),
    ];

    /// <summary>BCP 47 tag.</summary>
    public string Tag { get; }

    /// <summary>How much one word speaks for the language; 0 when it does not.</summary>
    public double VoteOf(string word)
    {
        if (_words.Contains(word))
        {
            // "a", "o" and "i" are words of many languages.
            return word.Length == 1 ? VoteOfWord / 2 : VoteOfWord;
        }

        var vote = word.AsSpan().ContainsAny(_letters) ? VoteOfLetter : 0;
        if (word.Length >= ShortestWithEnding)
        {
            foreach (var ending in _endings)
            {
                if (word.EndsWith(ending, StringComparison.Ordinal))
                {
                    return vote + VoteOfEnding;
                }
            }
        }

        return vote;
    }

    private static string[] Cut(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
