using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

public class ActivityStampTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, 250, TimeSpan.FromHours(1));

    [Fact]
    public void A_stamped_activity_carries_what_clients_need()
    {
        var stamped = Wire(ActivityStamp.Apply(Activity.Message("hello"), "abc_-1", 12, Now));

        stamped.GetProperty("id").GetString().ShouldBe("abc_-1-0000012");
        stamped.GetProperty("timestamp").GetString().ShouldBe("2026-03-02T09:00:00.250Z");
        stamped.GetProperty("conversation").GetProperty("id").GetString().ShouldBe("abc_-1");
        stamped.GetProperty("channelId").GetString().ShouldBe("directline");
        stamped.GetProperty("from").GetProperty("id").GetString().ShouldBe("bot");
        stamped.GetProperty("from").GetProperty("role").GetString().ShouldBe("bot");
        stamped.GetProperty("channelData").GetProperty("webchat:sequence-id").GetInt64().ShouldBe(12);
    }

    [Fact]
    public void The_senders_name_and_role_stay()
    {
        var from = new ChannelAccount { Id = "dl_1", Name = "Ann", Role = RoleTypes.User };

        ActivityStamp.Apply(Activity.Message("") with { From = from }, "c", 1, Now).From.ShouldBe(from);
    }

    [Fact]
    public void A_claimed_sequence_number_is_overwritten_and_other_channel_data_kept()
    {
        var data = new JsonObject { ["webchat:sequence-id"] = 999, ["mine"] = new JsonObject { ["a"] = 1 } };

        var stamped = ActivityStamp.Apply(Activity.Message("") with { ChannelData = data }, "c", 3, Now);

        stamped.ChannelData!.ToJsonString().ShouldBe("""{"webchat:sequence-id":3,"mine":{"a":1}}""");
        data["webchat:sequence-id"]!.GetValue<int>().ShouldBe(999);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[1,2]")]
    [InlineData("7")]
    public void Channel_data_that_is_no_object_is_kept_in_one(string data)
    {
        var activity = Activity.Message("") with { ChannelData = JsonNode.Parse(data) };

        ActivityStamp.Apply(activity, "c", 3, Now).ChannelData!.ToJsonString()
            .ShouldBe($$"""{"value":{{data}},"webchat:sequence-id":3}""");
    }

    [Fact]
    public void Stamping_twice_gives_the_same()
    {
        var once = ActivityStamp.Apply(Activity.Message("x") with { ChannelData = JsonValue.Create(1) }, "c", 3, Now);

        ActivityJson.Serialize(ActivityStamp.Apply(once, "c", 3, Now)).ShouldBe(ActivityJson.Serialize(once));
    }

    private static JsonElement Wire(Activity activity) => JsonElement.Parse(ActivityJson.Serialize(activity));
}
