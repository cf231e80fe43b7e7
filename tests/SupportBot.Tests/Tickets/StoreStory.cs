using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Tickets;

public sealed class StoreStory
{
    [Fact]
    public async Task An_agent_works_on_a_ticket_of_our_own_store_and_the_customer_gets_the_answer()
    {
        await using var service = await Service.StartAsync();
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("T-00001");
        using var agent = await Agent.SignInAsync(service.BaseAddress, "agent@demo.test");

        var list = (await agent.GetFromJsonAsync<JsonObject>("/api/tickets?phase=open"))!;
        ((string)list["items"]![0]!["number"]!).ShouldBe("T-00001");
        (await agent.PostAsJsonAsync("/api/tickets/T-00001/messages", new { text = "Call them first", @public = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await agent.PostAsJsonAsync("/api/tickets/T-00001/messages", new { text = "I have called the courier.", @public = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await customer.WaitForAsync("I have called the courier.");
        await customer.SayAsync("Thank you, and what did they say?");
        await Eventually.HoldsAsync(async () => (await agent.GetStringAsync("/api/tickets/1")).Contains("what did they say"), "the customer's words in the ticket");

        (await agent.PatchAsJsonAsync("/api/tickets/T-00001", new { phase = "solved", assignee = "Ann", version = 999 })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await agent.PatchAsJsonAsync("/api/tickets/T-00001", new { phase = "solved", assignee = "Ann" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await customer.WaitForAsync("is marked as solved");
        await using var db = await service.DatabaseAsync();
        (await db.Timings.AnyAsync(t => t.Metric == SupportBot.Conversations.Metric.Resolution)).ShouldBeTrue();
        (await customer.ReadAsync()).ShouldNotContain(a => ((string?)a["text"] ?? "").Contains("Call them first"));
        await ConversationShowsTheTicketAsync(agent);
    }

    /// <summary>Whoever has the conversation open sees who has its ticket and what was written there, notes as notes.</summary>
    private static async Task ConversationShowsTheTicketAsync(HttpClient agent)
    {
        var id = (string)(await agent.GetFromJsonAsync<JsonObject>("/api/tickets/1"))!["conversationId"]!;
        var ticket = (await agent.GetFromJsonAsync<JsonObject>($"/api/console/conversations/{id}"))!["tickets"]![0]!;
        ((string?)ticket["system"]).ShouldBe("embedded");
        ((string?)ticket["assignee"]).ShouldBe("Ann");
        ticket["messages"]!.AsArray().Select(m => ((string)m!["text"]!, (bool)m["public"]!, (bool)m["fromAgent"]!)).ShouldBe(
            [("Call them first", false, true), ("I have called the courier.", true, true)]);
    }

    [Fact]
    public async Task Lists_come_in_pages_that_together_hold_everything_once()
    {
        await using var service = await Service.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var customer = await service.CustomerAsync();
            await customer.ComplainAsync();
            await customer.WaitForAsync("Your ticket is");
        }

        using var agent = await Agent.SignInAsync(service.BaseAddress, "agent@demo.test");
        var numbers = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await agent.GetFromJsonAsync<JsonObject>($"/api/tickets?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}"))!;
            numbers.AddRange(page["items"]!.AsArray().Select(i => (string)i!["number"]!));
            cursor = (string?)page["nextCursor"];
        }

        numbers.Order().ShouldBe(["T-00001", "T-00002", "T-00003"]);
    }
}

public sealed class StoreBadInputTests(StoreWithOneTicket store) : IClassFixture<StoreWithOneTicket>
{
    [Theory]
    [InlineData("GET", "/api/tickets?limit=0", null, 400, "limit")]
    [InlineData("GET", "/api/tickets?phase=done", null, 400, "phase")]
    [InlineData("GET", "/api/tickets?cursor=abc", null, 400, "cursor")]
    [InlineData("GET", "/api/tickets/T-99999", null, 404, null)]
    [InlineData("GET", "/api/tickets/x", null, 404, null)]
    [InlineData("POST", "/api/tickets/T-99999/messages", """{"text":"a","public":true}""", 404, null)]
    [InlineData("POST", "/api/tickets/T-00001/messages", """{"text":"  ","public":true}""", 400, "text")]
    [InlineData("PATCH", "/api/tickets/T-00001", """{"phase":"done"}""", 400, "phase")]
    [InlineData("PATCH", "/api/tickets/T-00001", """{"priority":"huge"}""", 400, "priority")]
    [InlineData("PATCH", "/api/tickets/T-00001", """{"queue":"Nowhere"}""", 400, "queue")]
    [InlineData("PATCH", "/api/tickets/T-99999", """{"phase":"open"}""", 404, null)]
    [InlineData("GET", "/api/console/backlog?view=all", null, 403, null)]
    public async Task Bad_input_is_told_by_field(string method, string path, string? body, int status, string? field)
    {
        using var agent = await Agent.SignInAsync(store.Service.BaseAddress, "agent@demo.test");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await agent.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        ((string?)error["field"]).ShouldBe(field);
    }
}

public sealed class StoreWithOneTicket : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await Service.StartAsync();
        var customer = await Service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("T-00001");
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
