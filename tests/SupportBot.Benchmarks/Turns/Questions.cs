namespace SupportBot.Benchmarks.Turns;

/// <summary>What the customers ask: questions that the sample company's articles answer, so that no turn ends with a human.</summary>
public static class Questions
{
    public static readonly IReadOnlyList<string> All =
    [
        "How much does delivery cost within Ireland?",
        "What is your return policy?",
        "How do I track my order?",
        "How long does delivery to Germany take?",
        "Which payment methods do you accept?",
        "How long do refunds take?",
        "How do I wash my waterproof jacket?",
        "Do you deliver to Canada?",
        "Can I pick up my order at the shop in Galway?",
        "Can I exchange a jacket for another size?",
        "How do I reset my password?",
        "How do I use a gift card?",
    ];
}
