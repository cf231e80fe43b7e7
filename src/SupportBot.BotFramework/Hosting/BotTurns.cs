using Microsoft.Extensions.DependencyInjection;

namespace SupportBot.BotFramework.Hosting;

/// <summary>Gives one turn to the bot, in a scope of its own.</summary>
internal sealed class BotTurns(IServiceScopeFactory scopes)
{
    public async Task RunAsync(TurnContext turn, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IBot>().OnTurnAsync(turn, ct);
    }
}
