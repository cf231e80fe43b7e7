using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Addresses of streams: absolute, on the host that the client used, good once and for a short time.</summary>
internal sealed class StreamUrls(LinkGenerator links, StreamTickets tickets)
{
    public async ValueTask<string> CreateAsync(HttpContext http, Uri baseUri, DirectLineGrant grant, string watermark)
    {
        var path = links.GetPathByName(http, StreamEndpoint.Name, new RouteValueDictionary
        {
            ["conversationId"] = grant.ConversationId,
        });
        var ticket = await tickets.IssueAsync(grant, http.RequestAborted);
        var scheme = http.Request.IsHttps ? "wss" : "ws";
        return $"{scheme}://{baseUri.Authority}{path}?{StreamEndpoint.WatermarkParameter}={watermark}&{StreamEndpoint.TicketParameter}={ticket}";
    }
}
