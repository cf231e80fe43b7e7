using Microsoft.Extensions.DependencyInjection;
using SupportBot.Conversations;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Conversations;

public sealed class ReplicaTests
{
    [Fact]
    public async Task An_agent_on_one_replica_hears_a_customer_on_another()
    {
        var data = Directory.CreateTempSubdirectory("supportbot-test-").FullName;
        var first = await Service.StartAsync(data: data);
        await using var second = await Service.StartAsync(builder => builder.Services.AddHostedService<ReplicaTail>(), data);
        var customer = await first.CustomerAsync();
        await customer.AskAsync("Talk to a person");

        await using var agent = await second.AgentAsync();
        await agent.CallAsync("Watch", customer.ConversationId, 0);
        (await agent.OutcomeAsync("Claim", customer.ConversationId)).ShouldBe("claimed");
        await customer.SayAsync("Said on the other one");
        await agent.EventAsync("ActivityAppended", a => (string?)a[1]!["text"] == "Said on the other one");
        await agent.CallAsync("Reply", customer.ConversationId, "1", "Heard");
        await customer.WaitForAsync("Heard");
        await first.StopAsync();
    }
}
