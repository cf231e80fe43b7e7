using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>The addresses of the Direct Line server.</summary>
public static class DirectLineEndpoints
{
    private const string AttachmentPattern = "/conversations/{conversationId}/attachments/{attachmentId}/{name}";

    /// <summary>Maps Direct Line 3.0 under a prefix, such as <c>/v3/directline</c>, which is the clients' <c>domain</c>.</summary>
    public static RouteGroupBuilder MapDirectLine(this IEndpointRouteBuilder endpoints, string prefix = "/v3/directline")
    {
        var group = endpoints.MapGroup(prefix)
            .RequireCors(DirectLineCors.PolicyName)
            .AddEndpointFilter<NeverCached>()
            .AddEndpointFilter<LimitAddress>()
            .WithTags("Direct Line");

        group.MapPost("/tokens/generate", TokenEndpoints.GenerateAsync).Produces<TokenBody>();
        group.MapMethods("/conversations/{conversationId}/stream", StreamEndpoint.Methods, StreamEndpoint.ConnectAsync)
            .WithName(StreamEndpoint.Name)
            .ExcludeFromDescription();
        group.MapMethods(AttachmentPattern, AttachmentEndpoint.Methods, AttachmentEndpoint.GetAsync)
            .WithName(AttachmentEndpoint.Name);

        var authorized = group.MapGroup("").AddEndpointFilter<RequireGrant>();
        authorized.MapPost("/tokens/refresh", TokenEndpoints.RefreshAsync).Produces<TokenBody>();
        authorized.MapGet("/session/getsessionid", SessionEndpoint.Get).Produces<SessionBody>();
        authorized.MapPost("/conversations", ConversationEndpoints.StartAsync)
            .Produces<ConversationBody>()
            .Produces<ConversationBody>(StatusCodes.Status201Created);
        authorized.MapGet("/conversations/{conversationId}", ConversationEndpoints.ReconnectAsync).Produces<ConversationBody>();
        authorized.MapGet("/conversations/{conversationId}/activities", ActivityEndpoints.PollAsync);
        authorized.MapPost("/conversations/{conversationId}/activities", ActivityEndpoints.PostAsync).Produces<ResourceBody>();
        authorized.MapPost("/conversations/{conversationId}/upload", UploadEndpoint.PostAsync).Produces<ResourceBody>();

        MapRefusals(group);
        return group;
    }

    // Without these, a wrong method or address is answered by routing: with no body, and no headers that let a page read it.
    private static void MapRefusals(RouteGroupBuilder group)
    {
        MapRefusal(group, "/tokens/generate", HttpMethods.Post);
        MapRefusal(group, "/tokens/refresh", HttpMethods.Post);
        MapRefusal(group, "/session/getsessionid", HttpMethods.Get);
        MapRefusal(group, "/conversations", HttpMethods.Post);
        MapRefusal(group, "/conversations/{conversationId}", HttpMethods.Get);
        MapRefusal(group, "/conversations/{conversationId}/activities", "GET, POST");
        MapRefusal(group, "/conversations/{conversationId}/upload", HttpMethods.Post);
        MapRefusal(group, AttachmentPattern, "GET, HEAD");
        MapRefusal(group, "/conversations/{conversationId}/stream", HttpMethods.Get);
        group.Map("/{**rest}", static () => DirectLineError.NotFound).ExcludeFromDescription();
    }

    private static void MapRefusal(RouteGroupBuilder group, string pattern, string allowed) =>
        group.Map(pattern, (HttpResponse response) =>
        {
            response.Headers.Allow = allowed;
            return DirectLineError.MethodNotAllowed;
        }).ExcludeFromDescription();
}

/// <summary>Tokens and conversations do not belong in a cache.</summary>
internal sealed class NeverCached : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
