using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets;

namespace SupportBot.Tests.Hosting;

/// <summary>What customers say about themselves is for agents: no log, at whatever level, and no metric holds it.</summary>
public sealed class PrivacyStory
{
    private const string Card = "4111 1111 1111 1111";
    private const string Mail = "ann.walsh@example.com";
    private const string Phone = "+353 87 123 4567";
    private const string Secret = "grandmother Philomena";

    [Fact]
    public async Task Nothing_personal_reaches_logs_or_metrics()
    {
        var written = new ConcurrentQueue<string>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.SetMeasurementEventCallback<long>((i, _, tags, _) => written.Enqueue(i.Name + string.Join(' ', tags.ToArray())));
        meters.SetMeasurementEventCallback<double>((i, _, tags, _) => written.Enqueue(i.Name + string.Join(' ', tags.ToArray())));
        meters.Start();
        var system = new FakeTicketSystem();
        await using (var service = await Service.StartAsync(builder =>
        {
            builder.Use(system);
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddFilter((_, _) => true);
            builder.Services.AddSingleton<ILoggerProvider>(new Notebook(written));
        }))
        {
            var customer = await service.CustomerAsync();
            await customer.AskAsync($"I paid with {Card}, I am {Mail}, call {Phone}: how long do I have to return the tent of my {Secret}?");
            await customer.AskAsync("I want to make a formal complaint about your service");
            await customer.AskAsync($"My {Secret} got a broken tent");
            system.LoseAnswers(1);
            await customer.AskAsync("TT-123456");
            await customer.AskAsync(Mail);
            await customer.WaitForAsync("FAKE-1");
            await customer.AskAsync("Talk to a person");
            await using var agent = await service.AgentAsync();
            await agent.OutcomeAsync("Claim", customer.ConversationId);
            await agent.OutcomeAsync("Reply", customer.ConversationId, "r1", $"Hello, greetings to {Secret}");
            system.Tickets.ShouldHaveSingleItem().Draft.Body.ShouldContain(Secret);
        }

        written.Count.ShouldBeGreaterThan(200);
        foreach (var part in new[] { Card, "4111", Mail, "ann.walsh", Phone, "123 4567", "Philomena", "demo-password" })
        {
            written.Where(line => line.Contains(part, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(part);
        }
    }

    private sealed class Notebook(ConcurrentQueue<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Enqueue($"{formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
