namespace SupportBot.Tests.Answers;

/// <summary>A company of three articles and six intents in a folder of its own.</summary>
public sealed class SmallCompany : IDisposable
{
    public SmallCompany()
    {
        Root = Directory.CreateTempSubdirectory("supportbot-company-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "articles"));
        Directory.CreateDirectory(Path.Combine(Folder, "intents"));
        Directory.CreateDirectory(Path.Combine(Folder, "evaluation"));
        Write("company.yaml", Facts);
        Article("tracking", "Tracking an order", ["Where is my parcel?", "Has my order shipped?"],
            "You can track an order with the link in the dispatch email.\n\n## Guests\n\nGuests need:\n\n- the order number\n- the email address\n\nThe page opens at once.");
        Article("refund-policy", "Refund policy", ["How many days do I have to return something?", "Do you take back worn things?"],
            "You can return an unused item within 30 days. However, underwear is excluded. The refund takes 5 working days.");
        Article("tent-care", "Tent care", ["How do I dry a tent?", "There is mould on my tent"],
            "Dry the tent before you pack it. Mould grows on damp fabric.");
        Intent("track_order", "Track an order", "[tracking]", "answer: automatic", "otherwise: human", "orders", "normal", "",
            "where is my parcel", "track my order", "has my package been shipped", "when will my delivery arrive", "parcel status please", "follow my shipment");
        Intent("refund_policy", "Refund rules", "[refund-policy]", "answer: automatic", "otherwise: ticket", "orders", "normal", "",
            "how long can i return things", "what is your refund policy", "can i give back a used jacket", "return window", "are returns free", "do you refund worn items");
        Intent("tent_care", "Tent care", "[tent-care]", "answer: automatic", "otherwise: human", "general", "low", "",
            "my tent is mouldy", "how to dry a tent", "cleaning a tent", "tent smells bad", "black spots on the tent", "store a wet tent");
        Intent("damaged_item", "Damaged item", "[]", "answer: never", "otherwise: ticket", "orders", "high",
            """
              collect:
                - { name: order_number, prompt: "Which order number?", pattern: 'TT-\d{6}' }
                - { name: email, prompt: "Which email?", pattern: '[^@\s]+@[^@\s]+' }
                - { name: note, prompt: "What is broken?", optional: true }
            """,
            "my stove arrived broken", "the item is damaged", "it came smashed", "broken on arrival", "faulty torch in the box", "cracked lantern received");
        Intent("greeting", "Greeting", "[]", "answer: automatic", "otherwise: human", "general", "low", "  reply: \"Hello! I'm Ada, a bot.\"",
            "hello", "hi there", "good morning", "hey", "hiya", "good evening");
        Intent("contact_human_agent", "Talk to a person", "[]", "answer: never", "otherwise: human", "general", "high", "",
            "let me talk to a human", "real person please", "agent", "put me through to somebody", "speak to your staff", "i want a human being");
    }

    public string Root { get; }

    public string Folder => Path.Combine(Root, "company");

    public string Cache => Path.Combine(Root, "cache");

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text.ReplaceLineEndings("\n"));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private const string Facts =
        """
        name: Acme
        bot: Ada
        website: https://acme.example
        locale: en
        time_zone: Europe/Dublin
        greeting: Hi, I'm Ada, a bot.
        hours: { monday: "09:00-17:30", tuesday: "09:00-17:30" }
        queues:
          - { name: orders, title: Orders }
          - { name: general, title: Everything else }
        default_queue: general
        response_targets: { first_response: 1, time_to_human: 5, next_response: 10, resolution: 480 }
        """;

    private void Article(string slug, string title, string[] questions, string body) => Write(
        $"articles/{slug}.md",
        $"---\ntitle: {title}\nquestions:\n{List(questions)}\naudience: customers\nlocale: en\nupdated: 2026-01-01\n---\n{body}\n");

    private void Intent(
        string name, string title, string articles, string answer, string otherwise, string queue, string priority, string more, params string[] examples) => Write(
        $"intents/{name}.yaml",
        $"name: {name}\ntitle: {title}\narticles: {articles}\nexamples:\n{List(examples)}\nworkflow:\n  {answer}\n  {otherwise}\n  queue: {queue}\n  priority: {priority}\n{more}\n");

    private static string List(string[] texts) => string.Join('\n', texts.Select(text => $"  - \"{text}\""));
}
