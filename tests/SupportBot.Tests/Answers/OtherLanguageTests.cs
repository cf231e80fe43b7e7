using SupportBot.Answers;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Answers;

/// <summary>The sample company has articles in English alone.</summary>
public sealed class OtherLanguageTests : IAsyncLifetime
{
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await Service.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("Wie lange kann ich die Schuhe zurückschicken, wenn sie nicht passen?", "German", "Ich bin ein Bot")]
    [InlineData("Bonjour, je voudrais savoir où est ma commande", "French", "Je suis un robot")]
    [InlineData("Hallo, wo ist mein Paket?", "German", "Ich bin ein Bot")]
    [InlineData("この靴を返品したいのですが、どうすればいいですか", "Japanese", "私はボット")]
    public async Task A_customer_in_another_language_reads_in_it_that_a_human_comes(string text, string language, string line)
    {
        var customer = await _service.CustomerAsync();

        var reply = (string)(await customer.AskAsync(text))["text"]!;

        reply.ShouldStartWith(line);
        reply.ShouldContain("colleague");
        await using var agent = await _service.AgentAsync();
        var evidence = (await agent.CallAsync("Watch", customer.ConversationId, 0))!["conversation"]!["evidence"]!;
        ((string)evidence["reasonCode"]!).ShouldBe(nameof(ReasonCode.OtherLanguage));
        ((string)evidence["explanation"]!).ShouldContain(language);
    }
}
