using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.Activities;
using SupportBot.Tests.Turns;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Wire;

/// <summary>What the service writes is what <c>tests/wire</c> holds, which is what the front ends' own tests read.</summary>
public sealed class GoldenJsonTests(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "wire");

    [Fact]
    public void Every_kind_of_message_is_as_its_golden_file_says()
    {
        var written = Written();

        Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).ShouldBe(written.Keys, ignoreOrder: true);
        foreach (var (name, json) in written)
        {
            var golden = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));
            JsonNode.DeepEquals(json, golden).ShouldBeTrue($"{name}.json should be:\n{json.ToJsonString(new JsonSerializerOptions { WriteIndented = true })}");
        }
    }

    private Dictionary<string, JsonNode> Written() => new()
    {
        ["widget-token"] = Rest(WireSamples.WidgetToken),
        ["direct-line-answer"] = Frame("3", WireSamples.Echo, WireSamples.Answer),
        ["direct-line-agent"] = Frame("7", WireSamples.SystemLine, WireSamples.AgentMessage),
        ["direct-line-typing"] = Frame(null, WireSamples.Typing),
        ["session"] = Rest(WireSamples.Me),
        ["conversations"] = Rest(WireSamples.Conversations),
        ["conversation"] = Rest(WireSamples.Conversation),
        ["transcript"] = Rest(WireSamples.Transcript),
        ["intents"] = Rest(WireSamples.Intents),
        ["labels"] = Rest(WireSamples.Labels),
        ["learning"] = Rest(WireSamples.Learning),
        ["store-tickets"] = Rest(TicketWireSamples.StoreTickets),
        ["store-ticket"] = Rest(TicketWireSamples.StoreTicket),
        ["backlog"] = Rest(TicketWireSamples.Backlog),
        ["response-times"] = Rest(WireSamples.ResponseTimes),
        ["workflows"] = Rest(WireSamples.Workflows),
        ["hub-activity-appended"] = Event(WireSamples.ActivityAppended),
        ["hub-conversation-changed"] = Event(WireSamples.ConversationChanged),
    };

    /// <summary>As an endpoint of the running service answers.</summary>
    private JsonNode Rest<T>(T value) =>
        JsonSerializer.SerializeToNode(value, sample.Service.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)!;

    /// <summary>As the running service's hub sends.</summary>
    private JsonNode Event((string Target, object[] Arguments) call)
    {
        var protocol = sample.Service.Services.GetServices<IHubProtocol>().OfType<JsonHubProtocol>().Single();
        var message = protocol.GetMessageBytes(new InvocationMessage(call.Target, call.Arguments));
        return JsonNode.Parse(message.Span[..^1])!;
    }

    /// <summary>As a Direct Line stream carries; what is not stored has no watermark.</summary>
    private static JsonNode Frame(string? watermark, params Activity[] activities)
    {
        var frame = new JsonObject { ["activities"] = new JsonArray([.. activities.Select(a => JsonNode.Parse(ActivityJson.Serialize(a)))]) };
        if (watermark is not null)
        {
            frame["watermark"] = watermark;
        }

        return frame;
    }
}
