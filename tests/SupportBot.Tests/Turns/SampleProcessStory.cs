using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>The sample company's processes as a developer finds them: with the demo's own order system and nothing configured.</summary>
public sealed class SampleProcessStory(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Service Service => sample.Service;

    [Theory]
    [InlineData("TT-123456", "is on its way with An Post")]
    [InlineData("TT-204418", "is being packed in our warehouse in Galway")]
    [InlineData("TT-481203", "was delivered on")]
    [InlineData("TT-770451", "cannot name a day yet")]
    [InlineData("TT-905512", "was cancelled")]
    [InlineData("TT-360741", "is ready for you in our shop in Galway")]
    public async Task Every_order_of_the_demo_is_told_in_words_of_its_own(string order, string words)
    {
        var customer = await Service.CustomerAsync();
        ((string)(await customer.AskAsync("where is my order"))["text"]!).ShouldBe("I'll look that up for you. What is your order number? It looks like TT-123456.");
        ((string)(await customer.AskAsync(order))["text"]!).ShouldContain(words);
    }

    [Fact]
    public async Task How_tracking_works_stays_an_answer_from_the_article()
    {
        var customer = await Service.CustomerAsync();
        ((string)(await customer.AskAsync("How do I track my order?"))["text"]!).ShouldContain("/help/tracking-an-order");
    }

    [Fact]
    public async Task Something_broken_becomes_a_ticket_with_the_order_the_photo_and_all_that_was_said()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("my stove arrived broken");
        ((string)(await customer.AskAsync("TT-519937"))["text"]!).ShouldContain("Which item is it");
        ((string)(await customer.AskAsync("the burner is bent"))["text"]!).ShouldContain("photo");
        await UploadAsync(customer);
        await customer.WaitForAsync("Which email address");
        await customer.AskAsync("ann@example.com");
        await customer.WaitForAsync("Your ticket is");

        await using var db = await Service.DatabaseAsync();
        var ticket = await db.Tickets.SingleAsync(t => t.ConversationId == customer.ConversationId);
        (ticket.Queue, ticket.Priority, ticket.Intent).ShouldBe(("returns", "high", "damaged_item"));
        var fields = JsonNode.Parse(ticket.Fields)!;
        (((string)fields["order_number"]!), ((string)fields["description"]!), ((string)fields["photo"]!), ((string)fields["items"]!)).ShouldBe(("TT-519937", "the burner is bent", "bent.png", "Enamel mug, Camping stove"));
        var embedded = await db.EmbeddedTickets.SingleAsync(t => t.Key == ticket.Key);
        embedded.Body.ShouldContain("Item arrived damaged or faulty: \"my stove arrived broken\".");
    }

    private async Task UploadAsync(Customer customer)
    {
        var picture = new ByteArrayContent(Png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var activity = new StringContent("""{"type":"message","attachments":[{"contentType":"image/png","name":"bent.png"}]}""", Encoding.UTF8, "application/vnd.microsoft.activity");
        using var form = new MultipartFormDataContent { { activity, "activity", "blob" }, { picture, "file", "bent.png" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{customer.ConversationId}/upload") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", customer.Token);
        using var response = await Service.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
