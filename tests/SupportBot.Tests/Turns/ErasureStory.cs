using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>A customer sends a file, and later asks to be forgotten.</summary>
public sealed class ErasureStory(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Service Service => sample.Service;

    [Fact]
    public async Task An_agent_sees_the_file_and_a_manager_deletes_the_conversation_with_it()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        await UploadAsync(customer);

        await using var agent = await Service.AgentAsync();
        var entry = (await agent.CallAsync("Watch", customer.ConversationId, 0))!["page"]!["items"]!.AsArray().Single(i => i!["attachments"]!.AsArray().Count > 0)!;
        var file = entry["attachments"]![0]!;
        ((string)file["name"]!).ShouldBe("broken tent.png");
        ((string)file["contentType"]!).ShouldBe("image/png");
        var url = (string)file["url"]!;
        (await Service.Http.GetByteArrayAsync(url)).ShouldBe(Png);

        using var manager = await Agent.SignInAsync(Service.BaseAddress, "manager@demo.test");
        (await manager.DeleteAsync($"/api/console/conversations/{customer.ConversationId}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.DeleteAsync($"/api/console/conversations/{customer.ConversationId}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Service.Http.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var db = await Service.DatabaseAsync();
        (await db.Activities.AnyAsync(a => a.ConversationId == customer.ConversationId)).ShouldBeFalse();
        (await db.Handoffs.AnyAsync(h => h.ConversationId == customer.ConversationId)).ShouldBeFalse();
        (await db.Timings.AnyAsync(t => t.ConversationId == customer.ConversationId)).ShouldBeTrue();
    }

    [Fact]
    public async Task Agents_do_not_delete_conversations()
    {
        var customer = await Service.CustomerAsync();
        using var agent = await Agent.SignInAsync(Service.BaseAddress, "agent@demo.test");

        (await agent.DeleteAsync($"/api/console/conversations/{customer.ConversationId}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Service.Http.DeleteAsync($"/api/console/conversations/{customer.ConversationId}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task UploadAsync(Customer customer)
    {
        var picture = new ByteArrayContent(Png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var activity = new StringContent("""{"type":"message","text":"It arrived like this","attachments":[{"contentType":"image/png","name":"broken tent.png"}]}""", Encoding.UTF8, "application/vnd.microsoft.activity");
        using var form = new MultipartFormDataContent { { activity, "activity", "blob" }, { picture, "file", "broken tent.png" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{customer.ConversationId}/upload") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", customer.Token);
        using var response = await Service.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
