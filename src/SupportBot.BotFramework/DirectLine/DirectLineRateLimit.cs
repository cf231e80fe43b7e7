using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// How much may be asked at once: by an address, before anything is looked up for it; by a site with all its clients; and
/// in a conversation, which is what a token stands for: refreshing it does not fill its bucket.
/// </summary>
internal sealed class DirectLineRateLimit
{
    private const int MaxAddresses = 100_000;
    private const int MaxSites = 10_000;
    private const int MaxConversations = 200_000;

    private readonly TokenBuckets<UInt128>? _addresses;
    private readonly TokenBuckets<string>? _sites;
    private readonly TokenBuckets<string>? _conversations;

    public DirectLineRateLimit(IOptions<DirectLineOptions> options, TimeProvider time)
    {
        var limits = options.Value;
        if (limits.LimitRate)
        {
            _addresses = new(limits.AddressRequestsPerSecond, limits.AddressRequestBurst, MaxAddresses, time);
            _sites = new(limits.SiteRequestsPerSecond, limits.SiteRequestBurst, MaxSites, time);
            _conversations = new(limits.RequestsPerSecond, limits.RequestBurst, MaxConversations, time);
        }
    }

    /// <summary>The refusal of an address that asks too much; <c>null</c> when the request may pass.</summary>
    public DirectLineError? RefuseAddress(IPAddress? address) => ToRefusal(_addresses?.Take(KeyOf(address)));

    /// <summary>The refusal of a site whose clients ask too much; <c>null</c> when the request may pass.</summary>
    public DirectLineError? RefuseSite(DirectLineSite site) => ToRefusal(_sites?.Take(site.Id));

    /// <summary>The refusal of a conversation in which too much is asked; <c>null</c> when the request may pass.</summary>
    public DirectLineError? RefuseConversation(string conversationId) => ToRefusal(_conversations?.Take(conversationId));

    private static DirectLineError? ToRefusal(TimeSpan? wait) => wait is { } time ? DirectLineError.RateLimited(time) : null;

    // Whoever has an IPv6 address has 2^64 of them, so the network is what counts. Nobody's address is one of its own.
    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.MaxValue;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        return isV4 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0);
    }
}

/// <summary>Turns away an address that asks too much before anything is done for it.</summary>
internal sealed class LimitAddress(DirectLineRateLimit rateLimit) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        rateLimit.RefuseAddress(context.HttpContext.Connection.RemoteIpAddress) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context);
}
