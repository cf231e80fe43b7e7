using System.Security.Cryptography;
using System.Text;

namespace SupportBot.Company;

/// <summary>
/// Words and two-word phrases that mean much the same when people write to a company, whatever it sells: "bill" and "invoice", "ring" and
/// "call", "send back" and "return". Few examples cannot teach that. A text's concepts stand beside its words, never instead
/// of them, so what a company's own texts teach about a word still decides. English; texts in other languages have no concepts.
/// </summary>
public static class Thesaurus
{
    // A concept's name, then its words; a long concept has several lines, and a word may belong to several concepts.
    private const string Concepts =
        """
        purchase: buy bought purchase order shopping basket cart checkout acquire
        parcel: parcel package packet shipment consignment delivery box
        deliver: deliver delivery ship shipping post postage send sent dispatch mail freight transport
        courier: courier carrier driver postman postwoman mailman van depot dhl ups fedex dpd gls
        arrive: arrive arrival come came show turn_up show_up reach receive received get_here
        track: track tracking trace follow locate status whereabouts progress update
        lost: lost lose missing vanish disappear gone stolen never_came never_arrived
        late: late later delay delayed overdue slow behind waiting still_waiting held_up
        duration: long day week month hour fast quick quickly soon deadline weekend take
        express: express fast overnight urgent urgently next_day priority rush asap
        abroad: abroad international overseas foreign country export europe eu worldwide
        place: ireland britain england scotland wales uk germany france spain italy portugal netherlands holland belgium austria switzerland
        place: norway sweden denmark finland poland greece usa us america canada australia japan china india brazil iceland luxembourg
        address: address street house flat apartment postcode zip zipcode eircode town city
        delivery_spot: neighbour neighbor porch doorstep door letterbox locker mailbox safe_place
        collect: collect collection pickup pick_up picking_up fetch
        shop: shop store branch outlet showroom counter in_person visit drop_in
        hours: open opening close closed closing hour monday tuesday wednesday thursday friday saturday sunday weekday weekend holiday
        hours: tonight morning evening
        customs: customs duty duties import tariff border
        tax: tax vat gst
        return_goods: return send_back sent_back give_back bring_back take_back sending_back unwanted keep
        refund: refund reimburse reimbursement repay repaid money_back credited get_back
        exchange: exchange swap replace replacement instead trade
        cancel: cancel cancellation call_off withdraw revoke undo stop abort back_out
        modify: change modify amend edit alter update correct adjust add remove fix
        mistake: mistake wrong incorrect error accident accidentally oops typo misspelt
        different_item: wrong different other another mixed instead not_mine somebody_elses
        damage: damage broken broke break smashed cracked shattered faulty defective defect dented torn ripped snapped burst
        flaw: tear rip hole seam zip zipper buckle strap pole leak split
        repair: repair mend fix patch restore sew glue service
        warranty: warranty guarantee covered cover claim
        wear: used worn wear old tried unused unworn new condition tag label packaging
        secondhand: used secondhand second_hand preowned pre_owned preloved pre_loved old
        sell_to: sell trade_in buy_back buyback
        rent: rent rental hire borrow lease loan deposit
        price: price cost fee charge rate expensive much quid euro eur pound extra pay
        money: money euro eur pound quid dollar bucks cent cash
        pay: pay paid payment paying settle
        card: card visa mastercard amex debit credit
        pay_method: cash paypal cheque transfer klarna bank wallet method visa mastercard card apple_pay google_pay
        pay_fail: decline declined reject rejected bounce bounced fail failed refuse refused not_accepted
        charge_twice: twice double duplicate statement unknown_charge debited
        instalment: instalment installment monthly spread finance klarna split pay_later
        invoice: invoice bill receipt
        business: business company firm employer corporate organisation organization trade bookkeeper accountant accounting club school
        business: scout charity wholesale bulk
        discount: discount sale offer deal reduction reduced promo promotion coupon percent cheaper off bargain code
        cheaper: cheaper cheap lower less elsewhere competitor match difference
        voucher: voucher coupon gift_card giftcard gift_voucher gift_certificate
        gift: gift present birthday christmas wedding wrap wrapping wrapped ribbon
        points: point points loyalty reward bonus
        account: account profile membership login
        sign_in: login log_in logon sign_in signin access locked locked_out logged_in get_in
        register: register registration sign_up signup signing_up join enrol create new_account
        password: password passcode forgot forgotten reset credential
        verify: verify verification confirm confirmation activate activation link expired code
        delete: delete erase close deactivate terminate wipe get_rid remove
        identity: name surname firstname email e_mail phone number detail married
        merge: merge combine together link
        privacy: privacy gdpr data personal information share third_party third_parties consent cookie
        newsletter: newsletter subscribe subscription unsubscribe mailing marketing spam opt_out opt_in
        stock: stock available availability restock sold_out in_stock back_in out_of left run_out
        reserve: reserve preorder pre_order backorder back_order reservation upcoming advance put_aside
        size: size sizing fit fits fitting tight loose small smaller large larger big bigger medium narrow wide broad measure measurement
        size: length height tall chest waist hip foot feet cm inch kg
        clothing: jacket coat shirt trousers pants fleece jumper sweater shorts dress skirt glove hat sock clothes clothing garment
        shoe: shoe boot footwear sandal trainer sneaker sole lace
        wash: wash clean washing laundry detergent soap softener tumble dryer dry iron stain dirt dirty smell
        mould: mould mold mildew damp condensation
        wet: wet rain water waterproof proofing soak soaked damp moist leak
        store_away: store storing storage keep winter attic pack packed folded
        safety: safe safety danger dangerous hazard risk fire burn gas fuel explode
        recall: recall recalled dangerous withdrawn
        human: human person agent representative advisor adviser staff employee colleague operator somebody someone real live people member
        bot: bot robot computer machine ai automated chatbot artificial program software
        contact: contact reach call phone ring telephone number email mail write hotline speak talk chat
        review: review rating star rate feedback comment opinion
        complaint: complain complaint unhappy disappointed dissatisfied angry furious disgusted unacceptable terrible awful appalling
        complaint: disgrace let_down fed_up
        thanks: thanks thank cheers appreciated grateful thx ty
        hello: hello hi hey hiya morning afternoon evening greetings howdy
        goodbye: bye goodbye cya later farewell off
        family: mother father mum mam dad son daughter brother sister wife husband aunt uncle nephew niece friend mate cousin partner child
        family: kid girlfriend boyfriend
        """;

    private const string Mark = "cpt";

    private static readonly Dictionary<string, string[]> ByWords = Read();

    /// <summary>Words that begin a phrase: only behind them is there anything to look for.</summary>
    private static readonly HashSet<string> Beginnings = [.. ByWords.Keys.Where(words => words.Contains('_')).Select(words => words[..words.IndexOf('_')])];

    /// <summary>Changes whenever a concept does, for whoever keeps what was made with them.</summary>
    public static string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Concepts)).AsSpan(0, 4));

    /// <summary>The concepts of a text's stems, each once, as tokens of letters that no word looks like.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> stems)
    {
        var found = new List<string>();
        for (var i = 0; i < stems.Count; i++)
        {
            Add(stems[i], found);
            if (i + 1 < stems.Count && Beginnings.Contains(stems[i]))
            {
                Add($"{stems[i]}_{stems[i + 1]}", found);
            }
        }

        return found;
    }

    private static void Add(string words, List<string> found)
    {
        foreach (var concept in ByWords.GetValueOrDefault(words) ?? [])
        {
            if (!found.Contains(concept))
            {
                found.Add(concept);
            }
        }
    }

    private static Dictionary<string, string[]> Read()
    {
        var entries = new List<(string Words, string Concept)>();
        foreach (var line in Concepts.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, words) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..]);
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                entries.Add((string.Join('_', word.Split('_').Select(LightStemmer.Stem)), Mark + name.Replace("_", "", StringComparison.Ordinal)));
            }
        }

        return entries.GroupBy(e => e.Words, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(e => e.Concept).Distinct().ToArray(), StringComparer.Ordinal);
    }
}
