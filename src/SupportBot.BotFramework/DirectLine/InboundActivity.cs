using System.Buffers;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// What a client may say about itself. It chooses what is said; who says it, where and when is the server's to say.
/// Pure.
/// </summary>
internal static class InboundActivity
{
    private const int MaxType = 64;
    private const int MaxClientId = 100;
    private const int MaxName = 256;
    private const int MaxLocale = 35;

    private static readonly SearchValues<char> TypeAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");

    private static readonly SearchValues<char> LocaleAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Why an activity is refused; <c>null</c> when it is not.</summary>
    public static DirectLineError? Refuse(Activity activity, int maxText)
    {
        if (string.IsNullOrEmpty(activity.Type))
        {
            return DirectLineError.BadArgument("$.type: is missing.");
        }

        if (activity.Type.Length > MaxType || activity.Type.AsSpan().ContainsAnyExcept(TypeAlphabet))
        {
            return DirectLineError.BadArgument("$.type: is not an activity type.");
        }

        if (activity.Text?.Length > maxText)
        {
            return DirectLineError.TextTooLong(maxText);
        }

        return activity.ClientActivityId?.Length > MaxClientId
            ? DirectLineError.BadArgument("$.channelData.clientActivityID: at most 100 characters.")
            : null;
    }

    /// <summary>The activity as the grant's user, or as whom the site's server names, in the grant's conversation.</summary>
    public static Activity Accept(Activity activity, DirectLineGrant grant) => WellFormed.Of(activity) with
    {
        Id = null,
        Timestamp = null,
        ServiceUrl = null,
        Recipient = null,
        Conversation = null,
        ChannelId = ActivityStamp.DirectLineChannel,
        Locale = Locale(activity.Locale),
        From = grant.Source == ActivitySource.Site ? NamedBySite(activity.From, grant) : new ChannelAccount
        {
            Id = grant.UserId,
            Name = grant.UserName ?? Name(activity.From?.Name),
            Role = RoleTypes.User,
        },
    };

    /// <summary>
    /// Typing is news for a few seconds and not worth keeping. With text it is a part of a message: of the user's to be
    /// kept, of an answer to be shown until the whole answer comes.
    /// </summary>
    public static bool IsEphemeral(Activity accepted) =>
        accepted.Type == ActivityTypes.Typing
        && (string.IsNullOrEmpty(accepted.Text) || accepted.From?.Role == RoleTypes.Bot);

    /// <summary>A language tag, or nothing when it cannot be one.</summary>
    public static string? Locale(string? locale) =>
        locale is { Length: > 0 and <= MaxLocale } && !locale.AsSpan().ContainsAnyExcept(LocaleAlphabet) ? locale : null;

    // Ids of our making belong to whom we gave them: not even the site may put one user's on another's words.
    private static ChannelAccount NamedBySite(ChannelAccount? from, DirectLineGrant grant)
    {
        var isBot = string.Equals(from?.Role, RoleTypes.Bot, StringComparison.OrdinalIgnoreCase);
        var id = DirectLineIds.IsForeignUser(from?.Id) ? from.Id : isBot ? RoleTypes.Bot : grant.UserId;
        return new ChannelAccount
        {
            Id = id,
            Name = Name(from?.Name) ?? (id == grant.UserId ? grant.UserName : null),
            Role = isBot ? RoleTypes.Bot : RoleTypes.User,
        };
    }

    /// <summary>A name to show, cut to a length that fits everywhere without halving a character.</summary>
    public static string? Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        if (name.Length <= MaxName)
        {
            return name;
        }

        return name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)];
    }
}
