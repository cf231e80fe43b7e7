using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Storage;

namespace SupportBot.Channels;

/// <summary>
/// What comes in from Azure Bot Service's channels. It is stored before the channel gets its 200, like a customer's message on our own
/// channel, and from there on the conversation is like any other: the turn, the console and the reports do not know where it came from.
/// </summary>
public sealed class ChannelBot(
    Commits commits,
    ConversationLog log,
    ConversationSignals signals,
    AwaitedReplies awaited,
    PublicAddress address,
    CurrentCompany company,
    HandoffOptions handoff,
    TimeProvider time) : IBot
{
    private const string GreetingId = "greeting";

    public async Task OnTurnAsync(TurnContext turn, CancellationToken ct)
    {
        var activity = turn.Activity;
        switch (activity.Type)
        {
            case ActivityTypes.Message or ActivityTypes.Event or ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete:
                var expected = activity.DeliveryMode == DeliveryModes.ExpectReplies;
                var stored = await ReceiveAsync(activity, expected, ct);
                if (expected)
                {
                    await awaited.AnswerAsync(turn, ChannelIdentity.ConversationId(activity), stored.Sequence, ct);
                }

                break;
            case ActivityTypes.ConversationUpdate when activity.MembersAdded?.Any(m => m.Id != activity.Recipient?.Id) == true:
                await GreetAsync(activity, ct);
                break;
            case ActivityTypes.Typing:
                signals.PublishEphemeral(ChannelIdentity.ConversationId(activity), Received(activity));
                break;
        }
    }

    private async Task<AppendResult> ReceiveAsync(Activity activity, bool expected, CancellationToken ct)
    {
        var id = ChannelIdentity.ConversationId(activity);
        var author = handoff.TrustsHubOn(activity.ChannelId!) && HandoffEvents.ReadStatus(activity) is not null ? Author.Agent : Author.Customer;
        var (result, conversation) = await commits.RunAsync(id, async db =>
        {
            var conversation = await OpenAsync(db, id, activity, ct);
            conversation.RepliesAwaitedUntil = expected ? time.GetUtcNow() + AwaitedReplies.HeldBack : null;
            var received = Received(activity);
            if (activity.Type is ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete)
            {
                received = received with { ReplyToId = await OurIdAsync(db, id, activity.Id, ct) };
            }

            return (await log.ReceiveAsync(db, conversation, received, author, ClientIdOf(activity), ct), conversation);
        }, ct);
        if (result.Outcome == AppendOutcome.Appended)
        {
            log.Announce(conversation);
        }

        return result;
    }

    /// <summary>Channels say more than once who joined; the greeting has an id of its own and is said once.</summary>
    private async Task GreetAsync(Activity activity, CancellationToken ct)
    {
        var id = ChannelIdentity.ConversationId(activity);
        var customer = activity.MembersAdded!.First(m => m.Id != activity.Recipient?.Id);
        var greeted = await commits.RunAsync<Conversation?>(id, async db =>
        {
            var conversation = await OpenAsync(db, id, activity with { From = customer }, ct);
            if (await db.Activities.AnyAsync(a => a.ConversationId == id && a.ClientId == GreetingId, ct))
            {
                return null;
            }

            db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, company.Facts.Greeting), Author.Bot, time.GetUtcNow(), clientId: GreetingId);
            return conversation;
        }, ct);
        if (greeted is not null)
        {
            log.Announce(greeted);
        }
    }

    /// <summary>The conversation, begun when it is new, and its address as it is now.</summary>
    private async Task<Conversation> OpenAsync(SupportBotDb db, string id, Activity activity, CancellationToken ct)
    {
        var reference = ChannelAddress.ReferenceOf(activity);
        if (await db.Conversations.FirstOrDefaultAsync(c => c.Id == id, ct) is { } known)
        {
            var there = await db.ChannelAddresses.FirstAsync(a => a.ConversationId == id, ct);
            (there.ServiceUrl, there.Reference) = (activity.ServiceUrl ?? there.ServiceUrl, reference);
            if (known.CustomerName == Conversation.Nameless)
            {
                // Who joins is often named by an id alone; who speaks has a name.
                known.CustomerName = NameOf(activity.From);
            }

            return known;
        }

        var now = time.GetUtcNow();
        var conversation = new Conversation
        {
            Id = id,
            SiteId = ChannelIdentity.SiteId(activity.ChannelId!),
            Channel = activity.ChannelId!,
            CustomerId = Conversation.Excerpt(activity.From!.Id!, 250),
            CustomerName = NameOf(activity.From),
            Locale = activity.Locale is { Length: <= 35 } locale ? locale : null,
            BaseUri = address.BaseUri,
            StartedAt = now,
            LastAt = now,
        };
        db.Conversations.Add(conversation);
        db.ChannelAddresses.Add(new ChannelAddress { ConversationId = id, ServiceUrl = activity.ServiceUrl ?? "", Reference = reference });
        return conversation;
    }

    private static string NameOf(ChannelAccount? customer) => string.IsNullOrWhiteSpace(customer?.Name) ? Conversation.Nameless : Conversation.Excerpt(customer.Name, 100);

    /// <summary>As it is kept: addressed by us, not by the channel.</summary>
    private static Activity Received(Activity activity) => activity with
    {
        ServiceUrl = null,
        Recipient = null,
        Conversation = null,
        Text = ChannelIdentity.WithoutMention(activity),
        From = new ChannelAccount { Id = activity.From!.Id, Name = activity.From.Name, Role = RoleTypes.User },
    };

    /// <summary>An edit and a deletion carry the id of what they change, so theirs says which of the two they are and when it happened.</summary>
    private static string? ClientIdOf(Activity activity) => activity.Type is ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete
        ? ChannelIdentity.ClientId($"{activity.Type} {activity.Timestamp:O} {activity.Id}")
        : ChannelIdentity.ClientId(activity.Id);

    private static Task<string?> OurIdAsync(SupportBotDb db, string conversationId, string? channelsId, CancellationToken ct)
    {
        var clientId = ChannelIdentity.ClientId(channelsId);
        return db.Activities.Where(a => a.ConversationId == conversationId && a.ClientId == clientId).Select(a => (string?)a.ActivityId).FirstOrDefaultAsync(ct);
    }
}
