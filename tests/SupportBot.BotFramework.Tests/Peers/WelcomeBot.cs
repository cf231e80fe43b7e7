using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Peers;

/// <summary>
/// What the public integration tests of DirectLineJS expect of their bot: it greets in the language that was asked for, and
/// repeats each message with the activity that it got in its channel data.
/// </summary>
internal sealed class WelcomeBot : IBot
{
    public const string English = "Welcome";
    public const string Chinese = "欢迎";

    public async Task OnTurnAsync(TurnContext turn, CancellationToken ct)
    {
        switch (turn.Activity.Type)
        {
            case ActivityTypes.ConversationUpdate:
                await turn.SendActivityAsync(turn.Activity.Locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Chinese : English, ct);
                break;
            case ActivityTypes.Message:
                await turn.SendActivityAsync(new Activity { Type = ActivityTypes.Typing }, ct);
                await turn.SendActivityAsync(Echo(turn.Activity), ct);
                break;
        }
    }

    private static Activity Echo(Activity said) => Activity.Message(said.Text ?? "") with
    {
        ChannelData = new JsonObject { ["originalActivity"] = JsonNode.Parse(ActivityJson.Serialize(said)) },
    };
}
