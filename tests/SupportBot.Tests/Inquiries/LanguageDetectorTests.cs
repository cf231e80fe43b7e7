using SupportBot.Inquiries.Languages;

namespace SupportBot.Tests.Inquiries;

/// <summary>Messages as customers write them, four a language.</summary>
public class LanguageDetectorTests
{
    [Theory]
    [InlineData("en", "Where is my order? It should have arrived on Monday.")]
    [InlineData("en", "can i return the boots if they dont fit")]
    [InlineData("en", "I want to talk to a human please")]
    [InlineData("en", "how much is shipping to Norway")]
    [InlineData("de", "Wo bleibt meine Bestellung? Sie sollte am Montag ankommen.")]
    [InlineData("de", "kann ich die Stiefel zurückschicken wenn sie nicht passen")]
    [InlineData("de", "Ich möchte bitte mit einem Menschen sprechen")]
    [InlineData("de", "was kostet der versand nach norwegen")]
    [InlineData("fr", "Où est ma commande ? Elle devait arriver lundi.")]
    [InlineData("fr", "est-ce que je peux renvoyer les chaussures si elles ne vont pas")]
    [InlineData("fr", "Je voudrais parler à une personne s'il vous plaît")]
    [InlineData("fr", "combien coûte la livraison en Norvège")]
    [InlineData("es", "¿Dónde está mi pedido? Debía llegar el lunes.")]
    [InlineData("es", "puedo devolver las botas si no me quedan bien")]
    [InlineData("es", "Quiero hablar con una persona por favor")]
    [InlineData("es", "cuánto cuesta el envío a Noruega")]
    [InlineData("it", "Dov'è il mio ordine? Doveva arrivare lunedì.")]
    [InlineData("it", "posso restituire gli scarponi se non mi vanno bene")]
    [InlineData("it", "Vorrei parlare con una persona per favore")]
    [InlineData("it", "quanto costa la spedizione in Norvegia")]
    [InlineData("nl", "Waar is mijn bestelling? Die zou maandag aankomen.")]
    [InlineData("nl", "kan ik de laarzen terugsturen als ze niet passen")]
    [InlineData("nl", "Ik wil graag met een mens spreken")]
    [InlineData("nl", "wat kost de verzending naar Noorwegen")]
    [InlineData("pt", "Onde está a minha encomenda? Devia ter chegado na segunda-feira.")]
    [InlineData("pt", "posso devolver as botas se não me servirem")]
    [InlineData("pt", "Gostaria de falar com uma pessoa por favor")]
    [InlineData("pt", "quanto custa o envio para a Noruega")]
    [InlineData("pl", "Gdzie jest moje zamówienie? Miało przyjść w poniedziałek.")]
    [InlineData("pl", "czy mogę zwrócić buty jeśli nie pasują")]
    [InlineData("pl", "Chcę porozmawiać z człowiekiem")]
    [InlineData("pl", "ile kosztuje wysyłka do Norwegii")]
    [InlineData("sv", "Var är min beställning? Den skulle ha kommit i måndags.")]
    [InlineData("sv", "kan jag skicka tillbaka kängorna om de inte passar")]
    [InlineData("sv", "Jag vill prata med en människa")]
    [InlineData("sv", "vad kostar frakten till Norge")]
    [InlineData("da", "Hvor er min bestilling? Den skulle være kommet i mandags.")]
    [InlineData("da", "kan jeg sende støvlerne tilbage hvis de ikke passer")]
    [InlineData("da", "Jeg vil gerne tale med et menneske")]
    [InlineData("da", "hvad koster fragten til Norge")]
    [InlineData("no", "Hvor er bestillingen min? Den skulle ha kommet på mandag.")]
    [InlineData("no", "kan jeg sende støvlene tilbake hvis de ikke passer meg")]
    [InlineData("no", "Jeg vil gjerne snakke med et menneske")]
    [InlineData("no", "hva koster frakten til Sverige")]
    [InlineData("fi", "Missä tilaukseni on? Sen piti saapua maanantaina.")]
    [InlineData("fi", "voinko palauttaa saappaat jos ne eivät sovi")]
    [InlineData("fi", "Haluan puhua ihmisen kanssa")]
    [InlineData("fi", "paljonko toimitus Norjaan maksaa")]
    [InlineData("cs", "Kde je moje objednávka? Měla přijít v pondělí.")]
    [InlineData("cs", "můžu vrátit boty když mi nesedí")]
    [InlineData("cs", "Chtěl bych mluvit s člověkem prosím")]
    [InlineData("cs", "kolik stojí doprava do Norska")]
    [InlineData("tr", "Siparişim nerede? Pazartesi günü gelmesi gerekiyordu.")]
    [InlineData("tr", "botlar olmazsa geri gönderebilir miyim")]
    [InlineData("tr", "Bir insanla konuşmak istiyorum lütfen")]
    [InlineData("tr", "Norveç'e kargo ne kadar")]
    [InlineData("ru", "Где мой заказ? Он должен был прийти в понедельник.")]
    [InlineData("ru", "можно ли вернуть ботинки если они не подойдут")]
    [InlineData("ru", "Я хочу поговорить с человеком")]
    [InlineData("ru", "сколько стоит доставка в Норвегию")]
    [InlineData("uk", "Де моє замовлення? Воно мало прийти в понеділок.")]
    [InlineData("uk", "чи можна повернути черевики якщо вони не підійдуть")]
    [InlineData("uk", "Я хочу поговорити з людиною")]
    [InlineData("uk", "скільки коштує доставка до Норвегії")]
    [InlineData("ar", "أين طلبي؟ كان من المفترض أن يصل يوم الاثنين")]
    [InlineData("ar", "أريد التحدث مع شخص")]
    [InlineData("ar", "كم تكلفة الشحن إلى النرويج")]
    [InlineData("ar", "هل يمكنني إرجاع الحذاء")]
    [InlineData("he", "איפה ההזמנה שלי? היא הייתה אמורה להגיע ביום שני")]
    [InlineData("he", "אני רוצה לדבר עם נציג")]
    [InlineData("he", "כמה עולה המשלוח לנורווגיה")]
    [InlineData("he", "אפשר להחזיר את הנעליים")]
    [InlineData("el", "Πού είναι η παραγγελία μου; Έπρεπε να φτάσει τη Δευτέρα.")]
    [InlineData("el", "Θέλω να μιλήσω με έναν άνθρωπο")]
    [InlineData("el", "πόσο κοστίζει η αποστολή στη Νορβηγία")]
    [InlineData("el", "μπορώ να επιστρέψω τις μπότες")]
    [InlineData("zh", "我的订单在哪里？")]
    [InlineData("zh", "我想和人工客服说话")]
    [InlineData("zh", "寄到挪威的运费是多少")]
    [InlineData("zh", "靴子不合脚可以退货吗")]
    [InlineData("ja", "注文した商品はどこですか？")]
    [InlineData("ja", "担当者と話したいです")]
    [InlineData("ja", "ノルウェーへの送料はいくらですか")]
    [InlineData("ja", "返品できますか")]
    [InlineData("ko", "제 주문은 어디에 있나요?")]
    [InlineData("ko", "상담원과 통화하고 싶어요")]
    [InlineData("ko", "노르웨이까지 배송비가 얼마예요")]
    [InlineData("ko", "신발을 반품할 수 있나요")]
    [InlineData("th", "คำสั่งซื้อของฉันอยู่ที่ไหน")]
    [InlineData("th", "ฉันอยากคุยกับเจ้าหน้าที่")]
    [InlineData("th", "ค่าจัดส่งไปนอร์เวย์เท่าไหร่")]
    [InlineData("th", "ขอคืนรองเท้าได้ไหม")]
    public void A_message_is_known_by_its_language(string tag, string text)
    {
        var guess = LanguageDetector.Detect(text);
        guess.Tag.ShouldBe(tag);
        guess.Confidence.ShouldBeInRange(0.2, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ok")]
    [InlineData("TT-123456")]
    [InlineData("12.03.2026 129,00 €")]
    [InlineData("😀 👍")]
    [InlineData("Helly Hansen Odin XXL")]
    [InlineData("\ud800")]
    public void What_could_be_any_language_is_unknown(string text)
    {
        LanguageDetector.Detect(text).ShouldBe(LanguageGuess.Unknown);
        LanguageGuess.Unknown.IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_foreign_name_does_not_change_the_language() =>
        LanguageDetector.Detect("Wann kommt mein Paket von 東京 bei mir an").Tag.ShouldBe("de");

    [Fact]
    public void More_of_a_language_makes_it_surer()
    {
        var few = LanguageDetector.Detect("where is it");
        var many = LanguageDetector.Detect("where is it and why does it take so long to get to my house from your shop");
        many.Confidence.ShouldBeGreaterThan(few.Confidence);
    }

    [Fact]
    public void Only_the_beginning_of_a_long_text_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("where is my order ", 100)) + string.Concat(Enumerable.Repeat("wo ist meine Bestellung ", 50_000));
        LanguageDetector.Detect(text).Tag.ShouldBe("en");
    }
}
