using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Hosting;

public sealed class WidgetTokenTests
{
    [Fact]
    public async Task A_page_of_the_site_gets_a_token_and_a_strangers_page_does_not()
    {
        await using var service = await Service.StartAsync();

        (await TokenAsync(service, "http://localhost:1234")).Status.ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(service, service.BaseAddress.ToString().TrimEnd('/'))).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var stranger in new[] { "https://evil.example", "http://localhost.evil.example:80", "null", "http://localhost:99999", "file://" })
        {
            var (status, body) = await TokenAsync(service, stranger);
            status.ShouldBe(HttpStatusCode.Forbidden, stranger);
            ((string)body["error"]!["code"]!).ShouldBe("OriginNotAllowed");
        }
    }

    [Fact]
    public async Task A_laptop_that_slept_over_night_goes_on_with_its_conversation_and_after_a_month_begins_anew()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 18, 10, 0, 0, TimeSpan.Zero));
        await using var service = await Service.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (_, first) = await TokenAsync(service, "http://localhost:1");

        clock.Advance(TimeSpan.FromHours(15));
        var (_, second) = await TokenAsync(service, "http://localhost:1", (string)first["token"]!);
        ((bool)second["resumed"]!).ShouldBeTrue();
        ((string)second["conversationId"]!).ShouldBe((string)first["conversationId"]!);
        ((string)second["userId"]!).ShouldBe((string)first["userId"]!);

        clock.Advance(TimeSpan.FromDays(31));
        var (_, third) = await TokenAsync(service, "http://localhost:1", (string)second["token"]!);
        ((bool)third["resumed"]!).ShouldBeFalse();
        ((string)third["conversationId"]!).ShouldNotBe((string)first["conversationId"]!);
        var (_, forged) = await TokenAsync(service, "http://localhost:1", (string)third["token"]! + "x");
        ((bool)forged["resumed"]!).ShouldBeFalse();
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> TokenAsync(Service service, string origin, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/widget/token") { Content = JsonContent.Create(new { site = "demo", token }) };
        request.Headers.Add("Origin", origin);
        using var response = await service.Http.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }
}
