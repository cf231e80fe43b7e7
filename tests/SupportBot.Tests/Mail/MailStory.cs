using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets;

namespace SupportBot.Tests.Mail;

public sealed partial class MailStory
{
    [Fact]
    public async Task An_answer_that_the_customer_does_not_see_goes_out_by_mail_with_a_link_into_the_conversation()
    {
        await using var server = new FakeMailServer();
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system).WithMail(server, afterSeconds: 1));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");

        system.AgentWrites("1", "We send you a new tent.");
        system.AgentWrites("1", "It leaves tomorrow.");
        await service.HintAsync(system, "1", "d-1");

        var mail = await Eventually.GetAsync(() => Task.FromResult(server.Mails.FirstOrDefault()), "the mail");
        mail.ShouldContain("ann@example.com");
        mail.ShouldContain("We send you a new tent.");
        mail.ShouldContain("It leaves tomorrow.");
        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Outbox.AllAsync(o => !o.Open), "all that is due to be done");
        server.Mails.ShouldHaveSingleItem();

        var link = Link().Match(mail);
        using var response = await service.Http.PostAsJsonAsync("/widget/token", new { site = link.Groups["site"].Value, token = link.Groups["token"].Value });
        var resumed = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        ((bool)resumed["resumed"]!).ShouldBeTrue();
        ((string)resumed["conversationId"]!).ShouldBe(customer.ConversationId);
    }

    [Fact]
    public async Task Whoever_writes_on_has_read_it_and_gets_no_mail()
    {
        await using var server = new FakeMailServer();
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 18, 10, 0, 0, TimeSpan.Zero));
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system).WithMail(server, afterSeconds: 300).Services.AddSingleton<TimeProvider>(clock));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");
        system.AgentWrites("1", "Is it wet?");
        await service.HintAsync(system, "1", "d-1");
        await customer.WaitForAsync("Is it wet?");

        await customer.SayAsync("Yes");
        clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Outbox.AllAsync(o => !o.Open), "all that is due to be done");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_that_the_mail_server_does_not_take_is_given_up_with_the_reason_and_can_be_tried_again()
    {
        await using var server = new FakeMailServer { Recipients = "550 nobody here" };
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system).WithMail(server, afterSeconds: 0));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");
        system.AgentWrites("1", "Is it wet?");
        await service.HintAsync(system, "1", "d-1");

        using var manager = await Agent.SignInAsync(service.BaseAddress, "manager@demo.test");
        var failed = await Eventually.GetAsync(async () => (await manager.GetFromJsonAsync<JsonObject>("/api/console/backlog?view=failed"))!["items"]!.AsArray().FirstOrDefault()?.AsObject(), "what was given up");
        ((string)failed["reason"]!).ShouldContain("does not take the customer's address");
        server.Recipients = "250 OK";
        using var retried = await manager.PostAsync($"/api/console/backlog/{failed["id"]}/retry", null);
        retried.EnsureSuccessStatusCode();

        await Eventually.HoldsAsync(() => Task.FromResult(server.Mails.Count == 1), "the mail");
    }

    [GeneratedRegex(@"/resume\.html#(?<site>[^.]+)\.(?<token>\S+)")]
    private static partial Regex Link();
}

internal static class MailSteps
{
    public static WebApplicationBuilder WithMail(this WebApplicationBuilder builder, FakeMailServer server, int afterSeconds)
    {
        builder.Services.AddSingleton(new SupportBot.Mail.MailOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            StartTls = false,
            From = "help@tarnandtrail.example",
            AfterSeconds = afterSeconds,
        });
        return builder;
    }
}
