using Microsoft.Extensions.FileProviders;

namespace SupportBot.Hosting;

/// <summary>The demo page, the widget's and the console's files, each with the headers that it needs.</summary>
public static class FrontEnds
{
    private const string Strict = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Headers that every answer carries.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Strict;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        return next(http);
    });

    public static void UseFrontEnds(this WebApplication app)
    {
        var root = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = root });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = root,
            OnPrepareResponse = context =>
            {
                var path = context.Context.Request.Path;
                var headers = context.Context.Response.Headers;
                var hashed = path.StartsWithSegments("/widget") || path.StartsWithSegments("/console/assets");
                headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : path == "/widget.js" ? "public, max-age=300" : "no-cache";
                if (path == "/widget.js" || path.StartsWithSegments("/widget"))
                {
                    // Strangers' pages load these, as modules and with integrity checks too.
                    headers.AccessControlAllowOrigin = "*";
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                }
            },
        });
    }

    /// <summary>The console is one page: it finds its own way from any path below.</summary>
    public static void MapConsolePage(this WebApplication app)
    {
        var page = Path.Combine(AppContext.BaseDirectory, "wwwroot", "console", "index.html");
        app.MapGet("/console/{**path}", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return TypedResults.PhysicalFile(page, "text/html; charset=utf-8");
        }).ExcludeFromDescription();
    }
}
