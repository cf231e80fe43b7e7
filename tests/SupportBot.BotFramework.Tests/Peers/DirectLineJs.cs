using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Tests.Server;
using SupportBot.Tests.Peers;

namespace SupportBot.BotFramework.Tests.Peers;

/// <summary>npm's <c>botframework-directlinejs</c> as it is published, in a page of another origin. One program plays all stories.</summary>
public sealed class DirectLineJs : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private NodeProgram? _program;

    public async ValueTask InitializeAsync() => _program = await NodeProgram.StartAsync("directline-client");

    public ValueTask DisposeAsync() => _program?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Plays one of the stories of <c>stories.js</c>.</summary>
    /// <param name="story">Its name.</param>
    /// <param name="options">The client's.</param>
    /// <param name="rest">What else the story wants to know.</param>
    /// <returns>What the client saw.</returns>
    public async Task<JsonElement> PlayAsync(string story, JsonObject options, JsonObject? rest = null, TimeSpan? limit = null)
    {
        var question = rest ?? [];
        question["story"] = story;
        question["options"] = options;
        return await _program!.AskAsync(question, limit ?? Limit);
    }
}

/// <summary>How a client is told where and who it is.</summary>
internal static class ClientOptions
{
    /// <summary>Of a client that was given a secret, or a token for a user of the server's choice.</summary>
    public static async Task<JsonObject> OptionsAsync(this DirectLineServer server, Credential credential, bool webSocket, Uri? through = null)
    {
        var options = new JsonObject
        {
            ["domain"] = new Uri(through ?? server.Address, DirectLineServer.Prefix).ToString(),
            ["webSocket"] = webSocket,
            ["pollingInterval"] = 200,
        };
        options[credential == Credential.Secret ? "secret" : "token"] = credential switch
        {
            Credential.Secret => DirectLineServer.Secret,
            Credential.ShopToken => (await server.Tokens.IssueAsync(DirectLineServer.Shop)).Text,
            _ => (await server.Tokens.IssueAsync(DirectLineServer.Demo)).Text,
        };
        return options;
    }
}

/// <summary>What a client shows to be let in.</summary>
public enum Credential
{
    /// <summary>The secret of a site without trusted origins.</summary>
    Secret,

    /// <summary>A token of such a site.</summary>
    Token,

    /// <summary>A token of a site that trusts the page's origin and no other.</summary>
    ShopToken,
}
