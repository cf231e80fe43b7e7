using Microsoft.Extensions.AI;
using SupportBot.Answers.Models;
using SupportBot.Models;

namespace SupportBot.Tests.Models;

/// <summary>A server that stalls, breaks off or answers nonsense, budgets that run out, and a host's own client.</summary>
public sealed class ModelFailureTests
{
    private const string Question = "How long do I have to return something?";

    private const string Right = "You can return unused items for a refund within 30 days of delivery [1].";

    [Fact]
    public async Task A_server_that_stalls_is_given_up()
    {
        await using var bench = await ModelBench.StartAsync(o => o with { Timeout = TimeSpan.FromMilliseconds(300) });
        bench.Server.Next(async reply =>
        {
            await reply.SayAsync("You can return");
            await reply.StallAsync();
        });

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.TimedOut);
    }

    [Fact]
    public async Task Time_that_passed_before_counts()
    {
        await using var bench = await ModelBench.StartAsync(o => o with { Timeout = TimeSpan.FromSeconds(2) });
        var asked = bench.Clock.GetUtcNow();
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var request = new ModelRequest(Question, ModelBench.Passages(Question, "refund-policy"), "en", [], "demo", "c1", asked);

        Reason(await bench.Answers.TryWriteAsync(request, _ => Task.CompletedTask, CancellationToken.None)).ShouldBe(ModelRefusal.TimedOut);
        bench.Server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dropped_connection_is_no_answer()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(async reply =>
        {
            await reply.SayAsync($"{Right} The rest is");
            reply.Drop();
        });

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.Failed);
    }

    [Fact]
    public async Task A_stream_that_ends_without_its_end_is_no_answer()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(reply => reply.SayAsync($"{Right} The rest is"));

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.Incomplete);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task An_answer_that_was_cut_is_no_answer(string finish)
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(async reply =>
        {
            await reply.SayAsync($"{Right} However, if");
            await reply.FinishAsync(finish);
        });

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.Incomplete);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task An_error_is_not_tried_again(int status)
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(reply =>
        {
            reply.Refuse(status);
            return Task.CompletedTask;
        });

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.Failed);
        bench.Server.Received.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("data: {\"choices\": [\n\n")]
    [InlineData("data: 17\n\n")]
    public async Task Garbage_is_no_answer(string garbage)
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(reply => reply.RawAsync(garbage));

        (await bench.AskAsync(Question)).ShouldBeOfType<ModelOutcome.Refused>();
        bench.Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_megabyte_is_not_read_to_its_end()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Next(async reply =>
        {
            for (var i = 0; i < 1_024; i++)
            {
                await reply.SayAsync(new string('a', 1_024));
            }

            await reply.FinishAsync("stop");
        });

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.TooLong);
        bench.Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var bench = await ModelBench.StartAsync(o => o with { FailuresBeforeRest = 2, Rest = TimeSpan.FromSeconds(30) });
        for (var i = 0; i < 2; i++)
        {
            bench.Server.Next(reply =>
            {
                reply.Refuse(503);
                return Task.CompletedTask;
            });
            Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.Failed);
        }

        Reason(await bench.AskAsync(Question)).ShouldBe(ModelRefusal.CircuitOpen);
        bench.Server.Received.Count.ShouldBe(2);

        bench.Clock.Advance(TimeSpan.FromSeconds(31));
        bench.Server.NextSays(Right);
        (await bench.AskAsync(Question)).ShouldBeOfType<ModelOutcome.Written>();
    }

    [Fact]
    public async Task Budgets_of_conversation_site_and_day_each_end_the_calls()
    {
        var limits = new BudgetLimits { CallsPerConversation = 1, CallsPerSiteAndDay = 2, CallsPerDay = 3 };
        await using var bench = await ModelBench.StartAsync(o => o with { Budget = limits });
        for (var i = 0; i < 4; i++)
        {
            bench.Server.NextSays(Right);
        }

        (await bench.AskAsync(Question, conversation: "c1", site: "one")).ShouldBeOfType<ModelOutcome.Written>();
        Reason(await bench.AskAsync(Question, conversation: "c1", site: "one")).ShouldBe(ModelRefusal.ConversationBudget);
        (await bench.AskAsync(Question, conversation: "c2", site: "one")).ShouldBeOfType<ModelOutcome.Written>();
        Reason(await bench.AskAsync(Question, conversation: "c3", site: "one")).ShouldBe(ModelRefusal.SiteBudget);
        (await bench.AskAsync(Question, conversation: "c4", site: "two")).ShouldBeOfType<ModelOutcome.Written>();
        Reason(await bench.AskAsync(Question, conversation: "c5", site: "two")).ShouldBe(ModelRefusal.DayBudget);

        bench.Clock.Advance(TimeSpan.FromDays(1));
        (await bench.AskAsync(Question, conversation: "c6", site: "one")).ShouldBeOfType<ModelOutcome.Written>();
        Reason(await bench.AskAsync(Question, conversation: "c2", site: "two")).ShouldBe(ModelRefusal.ConversationBudget);
    }

    [Fact]
    public async Task Tokens_count_as_the_server_reports_them()
    {
        // Each call is reported with 750 tokens; the prompt's own estimate is far above the rest of the second call's share.
        await using var bench = await ModelBench.StartAsync(o => o with { MaxOutputTokens = 50, Budget = new BudgetLimits { TokensPerConversation = 2_600 } });
        var answers = 0;
        for (var i = 0; i < 4; i++)
        {
            bench.Server.NextSays(Right);
            answers += await bench.AskAsync(Question) is ModelOutcome.Written ? 1 : 0;
        }

        answers.ShouldBeInRange(1, 3);
        bench.Server.Received.Count.ShouldBe(answers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Anthropics_stream_is_read_to_its_end_or_not_used(bool isWhole)
    {
        await using var bench = await ModelBench.StartAsync(anthropic: true);
        bench.Server.Next(async reply =>
        {
            await reply.RawAsync("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"fake\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":700,\"output_tokens\":1}}}\n\n");
            await reply.RawAsync("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n");
            await reply.RawAsync($"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{Right}\"}}}}\n\n");
            if (isWhole)
            {
                await reply.RawAsync("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n");
                await reply.RawAsync("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":20}}\n\n");
                await reply.RawAsync("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            }
        });

        var outcome = await bench.AskAsync(Question);

        if (isWhole)
        {
            outcome.ShouldBeOfType<ModelOutcome.Written>().Text.ShouldBe(Right);
        }
        else
        {
            outcome.ShouldBeOfType<ModelOutcome.Refused>();
        }

        var request = bench.Server.Received.ShouldHaveSingleItem();
        request.ContainsKey("tools").ShouldBeFalse();
        ((int)request["max_tokens"]!).ShouldBe(400);
    }

    [Fact]
    public async Task A_hosts_own_client_takes_the_place_of_the_configured_one()
    {
        await using var bench = await ModelBench.StartAsync(o => o with { Provider = ModelProvider.None }, new PluggedClient());

        bench.Answers.IsOn.ShouldBeTrue();
        (await bench.AskAsync(Question)).ShouldBeOfType<ModelOutcome.Written>().Text.ShouldBe(Right);
        bench.Server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_model()
    {
        await using var bench = await ModelBench.StartAsync(o => o with { Provider = ModelProvider.None });

        bench.Answers.IsOn.ShouldBeFalse();
    }

    private static ModelRefusal Reason(ModelOutcome outcome) => outcome.ShouldBeOfType<ModelOutcome.Refused>().Reason;

    /// <summary>A client as a host may have one of its own; it gives no finish reason.</summary>
    private sealed class PluggedClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, Right);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
