using System.ComponentModel.DataAnnotations;

namespace SupportBot.BotFramework.Connector;

/// <summary>Values of <see cref="ConnectorOptions.MicrosoftAppType"/>.</summary>
public enum BotAppType
{
    /// <summary>An app registration of one tenant.</summary>
    SingleTenant,

    /// <summary>A user-assigned managed identity; needs no secret.</summary>
    UserAssignedMSI,

    /// <summary>An app registration of any tenant. Those that exist go on working; new ones can no longer be made.</summary>
    MultiTenant,
}

/// <summary>
/// Settings of the Connector, under the names that bots have always had. Without an app id nobody is let in, unless
/// <see cref="AllowUnauthenticated"/> says so.
/// </summary>
public sealed record ConnectorOptions
{
    /// <summary>What kind of identity the bot has.</summary>
    public BotAppType MicrosoftAppType { get; set; } = BotAppType.SingleTenant;

    /// <summary>The bot's app id, which channels put into their tokens as the audience.</summary>
    public string MicrosoftAppId { get; set; } = "";

    /// <summary>The app's secret; not for a managed identity.</summary>
    public string MicrosoftAppPassword { get; set; } = "";

    /// <summary>The tenant that the app or the managed identity belongs to.</summary>
    public string MicrosoftAppTenantId { get; set; } = "";

    /// <summary>A certificate with its private key (PFX or PEM), in place of the password.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The password of the PFX file, if it has one.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Where the keys of channels are announced.</summary>
    [Required]
    public Uri ChannelOpenIdMetadataUrl { get; set; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>Where the keys of emulator tokens are announced.</summary>
    [Required]
    public Uri EmulatorOpenIdMetadataUrl { get; set; } =
        new("https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration");

    /// <summary>Whether tokens that the bot's own app id was given (as the Bot Framework Emulator uses them) are good.</summary>
    public bool AllowEmulator { get; set; }

    /// <summary>
    /// Whether a bot without an app id takes activities from anybody, as local emulators and playgrounds need it. Replies
    /// then go to this machine only. With an app id it means nothing.
    /// </summary>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>Where tokens for replies come from.</summary>
    [Required]
    public Uri AuthorityHost { get; set; } = new("https://login.microsoftonline.com");

    /// <summary>How far the clocks of token issuers may be off.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest activity taken, in bytes of JSON.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxActivityBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// Whether an activity is acknowledged before the bot sees it. Azure waits 15 seconds for an answer. Set to
    /// <c>false</c> by bots that only store the activity, which then is durable when it is acknowledged.
    /// </summary>
    public bool AcknowledgeFirst { get; set; } = true;

    /// <summary>How many acknowledged activities may wait for the bot, in all conversations together.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingTurns { get; set; } = 1_000;

    /// <summary>How many conversations the bot answers at once.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentTurns { get; set; } = 64;

    /// <summary>After how long the bot's turn is cancelled.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one try to reach a channel, or an issuer of keys, may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a request to a channel is repeated after the first try.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>The pause before the first repetition; it doubles each time, give or take chance.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The longest pause. A channel that asks for a longer one with <c>Retry-After</c> is not waited for: the failure
    /// carries its wish.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);
}
