using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SupportBot.AgentConsole;
using SupportBot.Company;
using SupportBot.Storage;

namespace SupportBot.Hosting;

public sealed record SignInRequest(string? Email, string? Password);

public sealed record QueueView(string Name, string Title);

public sealed record CompanyView(string Name, string Bot, string TimeZone, IReadOnlyList<QueueView> Queues);

/// <summary>Who is signed in, and the company's facts that the console shows.</summary>
public sealed record Me(string Id, string Name, string Email, IReadOnlyList<string> Roles, CompanyView Company);

/// <summary>Sign-in to the console: ASP.NET Core Identity with a cookie that only this site's own pages send.</summary>
public static class SignIn
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<AgentAccount>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.Password.RequiredLength = 12;
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
            o.Lockout.MaxFailedAccessAttempts = 10;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<SupportBotDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AgentClaims>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(ConfigureCookie));
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Console, p => p.RequireRole(Roles.Agent, Roles.Manager, Roles.Admin))
            .AddPolicy(Policies.Reports, p => p.RequireRole(Roles.Manager, Roles.Admin));
        return services;
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/console/session").WithTags("Session");
        group.MapPost("/", SignInAsync).RequireRateLimiting(RateLimits.SignIn).WithSummary("Sign in");
        group.MapGet("/", SessionAsync).RequireAuthorization(Policies.Console).WithSummary("Who is signed in");
        group.MapDelete("/", SignOutAsync).WithSummary("Sign out");
    }

    private static async Task<Results<Ok<Me>, JsonHttpResult<ErrorBody>>> SignInAsync(
        SignInRequest request, SignInManager<AgentAccount> signIn, UserManager<AgentAccount> accounts, CurrentCompany company)
    {
        if (request.Email is not { Length: > 0 and <= 256 } email)
        {
            return ErrorBody.Result(400, "BadArgument", "email is needed, at most 256 characters.", "email");
        }

        if (request.Password is not { Length: > 0 and <= 256 } password)
        {
            return ErrorBody.Result(400, "BadArgument", "password is needed, at most 256 characters.", "password");
        }

        var account = await accounts.FindByEmailAsync(email);
        var result = account is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(account, password, isPersistent: true, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            return ErrorBody.Result(429, "TooManyAttempts", "Too many wrong passwords for this account. Try again in 5 minutes.");
        }

        return result.Succeeded
            ? TypedResults.Ok(await MeAsync(account!, accounts, company))
            : ErrorBody.Result(401, "SignInFailed", "This e-mail address and password do not belong together.");
    }

    private static async Task<Results<Ok<Me>, JsonHttpResult<ErrorBody>>> SessionAsync(ClaimsPrincipal user, UserManager<AgentAccount> accounts, CurrentCompany company) =>
        await accounts.GetUserAsync(user) is { } account
            ? TypedResults.Ok(await MeAsync(account, accounts, company))
            : ErrorBody.Result(401, "SignInNeeded", "This account does not exist any more.");

    private static async Task<NoContent> SignOutAsync(SignInManager<AgentAccount> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Me> MeAsync(AgentAccount account, UserManager<AgentAccount> accounts, CurrentCompany company)
    {
        var facts = company.Facts;
        return new Me(
            account.Id,
            account.DisplayName,
            account.Email!,
            [.. await accounts.GetRolesAsync(account)],
            new CompanyView(facts.Name, facts.Bot, facts.TimeZone.Id, [.. facts.Queues.Select(q => new QueueView(q.Name, q.Title))]));
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "supportbot";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => RefuseAsync(context.HttpContext, 401, "SignInNeeded", "Sign in first: POST /api/console/session.");
        options.Events.OnRedirectToAccessDenied = context => RefuseAsync(context.HttpContext, 403, "NotAllowed", "Your account's roles do not include this.");
    }

    private static Task RefuseAsync(HttpContext http, int status, string code, string message) => ErrorBody.Result(status, code, message).ExecuteAsync(http);

    /// <summary>Adds the name that customers see, so that the hub needs no look-up.</summary>
    private sealed class AgentClaims(UserManager<AgentAccount> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
        : UserClaimsPrincipalFactory<AgentAccount, IdentityRole>(users, roles, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AgentAccount user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaim(new Claim(Agents.NameClaim, user.DisplayName));
            return identity;
        }
    }
}
