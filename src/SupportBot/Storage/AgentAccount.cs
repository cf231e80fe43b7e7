using Microsoft.AspNetCore.Identity;

namespace SupportBot.Storage;

/// <summary>Somebody who signs in to the console.</summary>
public sealed class AgentAccount : IdentityUser
{
    /// <summary>The name that customers see.</summary>
    [PersonalData]
    public string DisplayName { get; set; } = "";
}

/// <summary>What an account may do; an Admin may do everything.</summary>
public static class Roles
{
    public const string Agent = "Agent";
    public const string Manager = "Manager";
    public const string Admin = "Admin";

    public static readonly IReadOnlyList<string> All = [Agent, Manager, Admin];
}
