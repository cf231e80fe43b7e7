using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Addresses of streams: absolute, on the host that the client used, good for a short time.</summary>
internal sealed class StreamUrls(LinkGenerator links, DirectLineTokens tokens)
{
    public async ValueTask<string> CreateAsync(HttpContext http, DirectLineGrant grant, string watermark)
    {
        var path = links.GetPathByName(http, StreamEndpoint.Name, new RouteValueDictionary
        {
            ["conversationId"] = grant.ConversationId,
        });
        var token = await tokens.IssueStreamAsync(grant, http.RequestAborted);
        var scheme = http.Request.IsHttps ? "wss" : "ws";
        return $"{scheme}://{http.Request.Host}{path}?watermark={watermark}&t={token}";
    }
}
