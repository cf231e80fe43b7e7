using System.ComponentModel.DataAnnotations;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Settings of the Direct Line server.</summary>
public sealed record DirectLineOptions
{
    /// <summary>How long a token lives. Never below an hour: clients refresh every 15 minutes whatever they are told.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a stream address can be connected to.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan StreamUrlLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest activity taken, in bytes of JSON.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxActivityBytes { get; set; } = 256 * 1024;

    /// <summary>The longest text of a message, in UTF-16 units as browsers count them.</summary>
    [Range(1, 1_000_000)]
    public int MaxTextLength { get; set; } = 4_000;

    /// <summary>How many bytes the files of one upload may have together.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxUploadBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Media types of files that are taken, found from their content; <see cref="DefaultUploadTypes"/> when <c>null</c>.
    /// Known as well are <c>video/mp4</c>, <c>audio/mp4</c>, <c>audio/mpeg</c>, <c>audio/wav</c>, <c>application/zip</c>
    /// and presentations. All plain text is <c>text/plain</c>, but not markup and scripts, which browsers would run.
    /// </summary>
    public string[]? AllowedUploadTypes { get; set; }

    /// <summary>Where the default store keeps files; a folder of whoever runs the process when <c>null</c>.</summary>
    public string? UploadFolder { get; set; }

    /// <summary>Pictures, PDF, plain text, documents and spreadsheets.</summary>
    public static IReadOnlyList<string> DefaultUploadTypes { get; } =
    [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/heic",
        "application/pdf",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];

    /// <summary>How many activities are read from the log at once.</summary>
    [Range(1, 1_000)]
    public int PageSize { get; set; } = 100;

    /// <summary>
    /// How long a stream is quiet before an empty frame is sent. A socket that has brought nothing for twice as long is
    /// pinged.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to accept a frame, and a socket to answer a ping.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sockets a conversation may have at once; two tabs are two.</summary>
    [Range(1, 1_000)]
    public int MaxStreamsPerConversation { get; set; } = 20;

    /// <summary>Whether requests are limited. Off only for load tests.</summary>
    public bool LimitRate { get; set; } = true;

    /// <summary>How many requests a token may make at once.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 60;

    /// <summary>How many requests a second a token may make for long.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 20;

    /// <summary>
    /// How many requests an address may make at once; an IPv6 network of 64 bits is one. Behind a proxy, the host must take
    /// the client's address from the proxy's headers, or all clients share the proxy's.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AddressRequestBurst { get; set; } = 3_000;

    /// <summary>How many requests a second an address may make for long.</summary>
    [Range(1, 1_000_000)]
    public int AddressRequestsPerSecond { get; set; } = 500;

    /// <summary>How many requests a site's clients may make at once.</summary>
    [Range(1, 10_000_000)]
    public int SiteRequestBurst { get; set; } = 15_000;

    /// <summary>How many requests a second a site's clients may make for long.</summary>
    [Range(1, 10_000_000)]
    public int SiteRequestsPerSecond { get; set; } = 5_000;
}
