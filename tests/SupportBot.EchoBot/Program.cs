using System.Text.Json.Nodes;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IDirectLineSites>(new InMemoryDirectLineSites().Add(new("echo", []), builder.Configuration["DirectLine:Secret"]));
builder.Services.AddConnector(options => options.AllowUnauthenticated = true).Bind(builder.Configuration);
builder.Services.AddBot<EchoBot>();
var app = builder.Build();
app.UseCors();
app.UseWebSockets();
app.MapDirectLine("/v3/directline");
app.MapConnector("/api/messages");
app.Run();

internal sealed class EchoBot : IBot
{
    public Task OnTurnAsync(TurnContext turn, CancellationToken ct) => turn.Activity switch
    {
        { MembersAdded: { } added, Recipient: var me } when added.Any(member => member.Id != me?.Id) =>
            turn.SendActivityAsync(turn.Activity.Locale?.StartsWith("zh", StringComparison.Ordinal) is true ? "欢迎" : "Welcome", ct),
        { Type: ActivityTypes.Message } message => turn.SendActivityAsync(
            Activity.Message(message.Text) with { ChannelData = new JsonObject { ["originalActivity"] = message.ToJson() } }, ct),
        _ => Task.CompletedTask,
    };
}
