using Microsoft.AspNetCore.Cors.Infrastructure;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Cross-origin access. Any page may ask, because only the token knows which origins are trusted and a preflight carries
/// none. Credentials are allowed because clients send them to the session address; nothing here reads a cookie.
/// </summary>
internal static class DirectLineCors
{
    public const string PolicyName = "SupportBot.DirectLine";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);

    public static void Configure(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(CanBeEchoed)
        .AllowCredentials()
        .WithMethods("GET", "POST")
        .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with")
        .WithExposedHeaders("Retry-After")
        .SetPreflightMaxAge(PreflightAge);

    // Browsers send origins in ASCII. What somebody else sends in its place is not to be put into a header of ours.
    private static bool CanBeEchoed(string origin) => !origin.AsSpan().ContainsAnyExceptInRange('!', '~');
}
