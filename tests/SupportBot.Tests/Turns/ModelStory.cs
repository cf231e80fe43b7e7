using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework;
using SupportBot.Models;
using SupportBot.Tests.Models;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>A model puts answers into words, seen from the customer's side.</summary>
public sealed class ModelStory
{
    private const string Question = "How long do I have to return something?";

    private const string Faithful = "You can return unused items for a refund within 30 days of delivery [1].";

    [Fact]
    public async Task The_customer_sees_the_answer_grow_and_gets_it_with_its_citation()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var service = await StartAsync(model);
        var customer = await service.CustomerAsync();
        var shown = new ConcurrentQueue<(string? Text, string? Stream)>();
        service.Services.GetRequiredService<ConversationSignals>().EphemeralPublished += (_, part) =>
            shown.Enqueue((part.Text, (string?)part.ChannelData!["streamType"]));

        model.NextSays($"{Faithful} The same return period applies to sale items [1].");
        var answer = await customer.AskAsync(Question);

        shown.ShouldHaveSingleItem().ShouldBe((Faithful, "streaming"));
        ((string)answer["text"]!).ShouldStartWith($"{Faithful} The same return period applies to sale items [1].");
        ((string)answer["channelData"]!["streamType"]!).ShouldBe("final");
        answer["channelData"]!["streamId"].ShouldNotBeNull();
        answer["entities"]![0]!["citation"]!.AsArray().ShouldHaveSingleItem();
        await using var agent = await service.AgentAsync();
        var entry = (await agent.CallAsync("Watch", customer.ConversationId, 0))!["page"]!["items"]!.AsArray()[^1]!;
        ((string)entry["evidence"]!["explanation"]!).ShouldContain("A model put it into words.");
    }

    [Theory]
    [InlineData("You have 90 days to return anything, worn or not [1].")]
    [InlineData("Sure! Returns are free for ever.")]
    public async Task What_a_model_invents_never_reaches_the_customer(string invented)
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var service = await StartAsync(model);
        var customer = await service.CustomerAsync();

        model.NextSays(invented);
        var answer = await customer.AskAsync(Question);

        var text = (string)answer["text"]!;
        text.ShouldContain("30 days of delivery");
        text.ShouldNotContain("90 days");
        text.ShouldNotContain("for ever");
    }

    [Fact]
    public async Task A_model_that_is_down_costs_the_customer_nothing_but_its_words()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var service = await StartAsync(model);
        model.Next(reply =>
        {
            reply.Refuse(503);
            return Task.CompletedTask;
        });

        ((string)(await (await service.CustomerAsync()).AskAsync(Question))["text"]!).ShouldContain("30 days of delivery");
    }

    private static Task<Service> StartAsync(FakeModelServer model) => Service.StartAsync(builder =>
        builder.Services.AddSingleton<IChatClient>(ModelClients.Create(new ModelOptions { Provider = ModelProvider.OpenAICompatible, Model = "fake", Endpoint = model.Address })));
}
