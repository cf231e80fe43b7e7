using Microsoft.AspNetCore.Http;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

public abstract partial class TicketSystemContract
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private string Secret => Backstage.Options.WebhookSecret.ShouldNotBeNull();

    [Fact]
    public void A_webhook_says_which_ticket_may_have_changed()
    {
        var request = Backstage.Webhook("42", Secret, Now);
        var first = Read(_system, request);
        TicketOf(first).ShouldBe("42");
        TicketOf(Read(_system, request with { Now = Now.AddSeconds(90) })).ShouldBe("42");
        DeliveryOf(Read(_system, request)).ShouldBe(DeliveryOf(first), "the same call again is the same delivery");
        if (DeliveryOf(first) is { } delivery)
        {
            DeliveryOf(Read(_system, Backstage.Webhook("43", Secret, Now))).ShouldNotBe(delivery);
        }
    }

    [Fact]
    public void A_webhook_signed_with_another_secret_is_refused() =>
        Refused(_system, Backstage.Webhook("42", "another-secret-of-the-same-length", Now));

    [Fact]
    public void A_webhook_whose_body_was_changed_is_refused()
    {
        Need(Ability.WebhookSignature);
        var request = Backstage.Webhook("42", Secret, Now);
        for (var at = 0; at < request.Body.Length; at++)
        {
            var body = request.Body.ToArray();
            body[at] ^= 1;
            Refused(_system, request with { Body = body });
        }
    }

    [Fact]
    public void A_webhook_without_a_signature_is_refused()
    {
        var request = Backstage.Webhook("42", Secret, Now);
        Refused(_system, request with { Headers = new HeaderDictionary { ["Content-Type"] = "application/json" } });
        foreach (var name in request.Headers.Keys.Where(n => n.Contains("Signature", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var value in new[] { "", "x", "sha256=", new string('0', 64), new string('é', 10) })
            {
                var headers = new HeaderDictionary(request.Headers.ToDictionary()) { [name] = value };
                Refused(_system, request with { Headers = headers });
            }
        }
    }

    [Fact]
    public void A_webhook_from_another_time_is_refused()
    {
        Need(Ability.WebhookAge);
        var request = Backstage.Webhook("42", Secret, Now);
        Refused(_system, request with { Now = Now.AddMinutes(10) });
        Refused(_system, request with { Now = Now.AddMinutes(-10) });
    }

    [Fact]
    public void Without_a_secret_every_webhook_is_refused()
    {
        var (system, _) = Connect(Backstage.Options with { WebhookSecret = null });
        Refused(system, Backstage.Webhook("42", "", Now));
        Refused(system, Backstage.Webhook("42", Secret, Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"ticket\":{}}")]
    [InlineData("{")]
    public void A_body_that_says_nothing_is_refused(string body) =>
        Refused(_system, Backstage.Webhook("42", Secret, Now) with { Body = System.Text.Encoding.UTF8.GetBytes(body) });

    private static WebhookReading Read(ITicketSystem system, WebhookRequest request) => system.ReadWebhook(request);

    private void Refused(ITicketSystem system, WebhookRequest request) =>
        Read(system, request).ShouldBeOfType<WebhookReading.Refused>().Reason.ShouldNotContain(Secret);

    private static string TicketOf(WebhookReading reading) => reading switch
    {
        WebhookReading.Hint hint => hint.TicketId,
        WebhookReading.Told told => told.State.Id,
        _ => throw new Xunit.Sdk.XunitException($"It was refused: {reading}"),
    };

    private static string? DeliveryOf(WebhookReading reading) => reading switch
    {
        WebhookReading.Hint hint => hint.DeliveryId,
        WebhookReading.Told told => told.DeliveryId,
        _ => null,
    };
}
