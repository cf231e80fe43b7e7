using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;

namespace SupportBot.Hosting;

/// <summary>Limits per address on what strangers may call; Direct Line limits its tokens itself.</summary>
public static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string WidgetToken = "widget-token";
    public const string Webhook = "webhook";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(SignIn, http => PerAddress(http, options.SignInsPerMinute));
        limiter.AddPolicy(WidgetToken, http => PerAddress(http, options.WidgetTokensPerMinute));
        limiter.AddPolicy(Webhook, http => PerAddress(http, options.WebhooksPerMinute));
        limiter.OnRejected = async (context, ct) =>
        {
            var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await ErrorBody.Result(429, "RateLimited", $"Too many requests from this address. Try again in {seconds} s.").ExecuteAsync(context.HttpContext);
        };
    });

    private static RateLimitPartition<string> PerAddress(HttpContext http, int perMinute) =>
        RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
        });
}

/// <summary>Section <c>RateLimits</c>; requests per minute and address.</summary>
public sealed record RateLimitOptions
{
    [Range(1, 1_000_000)]
    public int SignInsPerMinute { get; set; } = 30;

    [Range(1, 1_000_000)]
    public int WidgetTokensPerMinute { get; set; } = 120;

    [Range(1, 1_000_000)]
    public int WebhooksPerMinute { get; set; } = 6_000;
}
