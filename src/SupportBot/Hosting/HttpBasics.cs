using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;

namespace SupportBot.Hosting;

/// <summary>What every request passes through: headers, files, errors, sign-in, limits.</summary>
public static class HttpBasics
{
    /// <summary>Largest body of any request, bytes; Direct Line has its own, smaller limit.</summary>
    private const long MaxBody = 1024 * 1024;

    public static void AddHttpBasics(this IServiceCollection services, IWebHostBuilder web, Folders folders)
    {
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        services.AddDataProtection().SetApplicationName("SupportBot").PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddWidgetCors();
        services.AddOpenApi();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database").AddCheck<IndexCheck>("index");
    }

    public static void UseHttpBasics(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(errors => errors.Run(ExplainAsync));
        app.UseStatusCodePages(context => context.HttpContext.Response.StatusCode switch
        {
            404 => ErrorBody.Result(404, "NotFound", "There is nothing at this address.").ExecuteAsync(context.HttpContext),
            405 => ErrorBody.Result(405, "MethodNotAllowed", "This address does not take this method.").ExecuteAsync(context.HttpContext),
            _ => Task.CompletedTask,
        });
        app.UseFrontEnds();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseWebSockets();
    }

    /// <summary>A request that cannot be read is the caller's to mend; everything else is ours, and says nothing of the inside.</summary>
    private static Task ExplainAsync(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
        ? ErrorBody.Result(bad.StatusCode, bad.StatusCode == 413 ? "TooLarge" : "BadRequest", bad.InnerException?.Message ?? bad.Message).ExecuteAsync(http)
        : ErrorBody.Result(500, "InternalError", "Something went wrong here. It has been logged.").ExecuteAsync(http);
}
