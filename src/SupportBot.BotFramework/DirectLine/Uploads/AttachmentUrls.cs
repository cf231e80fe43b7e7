using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Addresses of uploaded files: absolute, on the host that the client used. The key in them is their authorisation,
/// because a picture in a page is fetched without a header.
/// </summary>
internal sealed class AttachmentUrls(LinkGenerator links)
{
    public string Create(HttpContext http, Uri baseUri, string conversationId, UploadedFile file)
    {
        var path = links.GetPathByName(http, AttachmentEndpoint.Name, new RouteValueDictionary
        {
            ["conversationId"] = conversationId,
            ["attachmentId"] = file.Id,
            ["name"] = file.Info.Name,
            ["k"] = file.Info.Key,
        });
        return baseUri.GetLeftPart(UriPartial.Authority) + path;
    }
}
