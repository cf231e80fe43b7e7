using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>The activity log in the database: what Direct Line appends to and reads from.</summary>
public sealed class ConversationLog(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    RecentActivities recent,
    ConversationSignals signals,
    LiveEvents live,
    OutboxBell outbox,
    Instance instance,
    CurrentCompany company,
    TimeProvider time) : IActivityLog
{
    public async ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct)
    {
        var created = await commits.RunAsync<Conversation?>(start.ConversationId, async db =>
        {
            if (await db.Conversations.AnyAsync(c => c.Id == start.ConversationId, ct))
            {
                return null;
            }

            var now = time.GetUtcNow();
            var conversation = new Conversation
            {
                Id = start.ConversationId,
                SiteId = start.SiteId,
                Channel = ChannelIds.DirectLine,
                CustomerId = start.User.Id!,
                CustomerName = NameOf(start),
                Locale = start.Locale,
                BaseUri = start.BaseUri.ToString().TrimEnd('/'),
                CustomerEmail = EmailIn(start.Facts),
                CustomerFacts = start.Facts.Count == 0 ? "" : JsonSerializer.Serialize(start.Facts),
                StartedAt = now,
                LastAt = now,
            };
            db.Conversations.Add(conversation);
            db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, company.Facts.Greeting), Author.Bot, now);
            return conversation;
        }, ct);

        if (created is not null)
        {
            Announce(created);
        }

        return created is not null;
    }

    public async ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversationId, ct);
        return found is null ? null : new ConversationStart(
            found.Id,
            new ChannelAccount { Id = found.CustomerId, Name = found.CustomerName, Role = RoleTypes.User },
            found.SiteId,
            found.Locale,
            new Uri(found.BaseUri));
    }

    public async ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct)
    {
        var (result, changed) = await commits.RunAsync<(AppendResult, Conversation?)>(conversationId, async db =>
        {
            var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == conversationId, ct);
            return conversation is null
                ? (new AppendResult(AppendOutcome.UnknownConversation, null, 0), null)
                : (await ReceiveAsync(db, conversation, activity, AuthorOf(activity, source), activity.ClientActivityId, ct), conversation);
        }, ct);

        if (result.Outcome == AppendOutcome.Appended)
        {
            Announce(changed!);
        }

        return result;
    }

    /// <summary>
    /// Adds what came in to the unit of work, once: the same client id again is the same activity. What a turn has to look at waits for one.
    /// </summary>
    public async Task<AppendResult> ReceiveAsync(SupportBotDb db, Conversation conversation, Activity activity, Author author, string? clientId, CancellationToken ct)
    {
        if (clientId is not null
            && await db.Activities.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == conversation.Id && a.ClientId == clientId, ct) is { } first)
        {
            return new AppendResult(AppendOutcome.Duplicate, first.ActivityId, first.Sequence);
        }

        var now = time.GetUtcNow();
        var turn = TurnNeeded(activity, author);
        var row = db.Append(conversation, activity, author, now, turn, clientId, cameIn: author is not Author.Bot);
        if (turn)
        {
            instance.TakeLease(conversation, now);
        }

        if (turn && author == Author.Customer && activity.Type == ActivityTypes.Message)
        {
            if (conversation.Subject.Length == 0)
            {
                conversation.Subject = SubjectOf(conversation, activity);
            }

            conversation.Clock.CustomerWrote(now);
        }

        return new AppendResult(AppendOutcome.Appended, row.ActivityId, row.Sequence);
    }

    public async ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct)
    {
        if (recent.Read(conversationId, after, limit) is { } page)
        {
            return page;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.LastSequence).FirstOrDefaultAsync(ct);
        if (last is null)
        {
            return null;
        }

        if (last <= after)
        {
            return new ActivityPage([], last.Value);
        }

        var items = await db.Activities
            .Where(a => a.ConversationId == conversationId && a.Sequence > after)
            .OrderBy(a => a.Sequence)
            .Take(limit)
            .Select(a => new StoredActivity(a.Sequence, a.Type, a.Json))
            .ToListAsync(ct);
        return new ActivityPage(items, Math.Max(last.Value, items.Count > 0 ? items[^1].Sequence : 0));
    }

    /// <summary>To be called after the commit that changed the conversation.</summary>
    public void Announce(Conversation conversation)
    {
        recent.Add(conversation);
        if (conversation.Channel != ChannelIds.DirectLine)
        {
            outbox.Ring();
        }

        signals.Appended(conversation.Id, conversation.LastSequence);
        live.Publish(new LiveEvent(conversation.Id, conversation.Appended.Any(a => a.Pending), conversation.HandoffId is not null));
    }

    /// <summary>A site's server that speaks for the bot's side is an external agent hub.</summary>
    private static Author AuthorOf(Activity activity, ActivitySource source) => source switch
    {
        ActivitySource.Bot => Author.Bot,
        ActivitySource.Site when activity.From?.Role == RoleTypes.Bot => Author.Agent,
        _ => Author.Customer,
    };

    private static bool TurnNeeded(Activity activity, Author author) => author is Author.Customer or Author.Agent && activity.Type switch
    {
        ActivityTypes.Message => !string.IsNullOrWhiteSpace(activity.Text) || activity.Attachments is { Count: > 0 } || activity.Value is not null,
        ActivityTypes.Event => author == Author.Agent ? HandoffEvents.ReadStatus(activity) is not null : Feedback.From(activity) is not null,
        _ => false,
    };

    /// <summary>The first words, or the name of what was sent without words.</summary>
    private static string SubjectOf(Conversation conversation, Activity activity) =>
        !string.IsNullOrWhiteSpace(activity.Text) ? conversation.LastText
        : activity.Attachments is [var file, ..] ? Conversation.Excerpt(file.Name ?? "Attachment", 200)
        : "Button";

    /// <summary>Where answers can be sent when the customer is gone; only what looks like an address.</summary>
    private static string? EmailIn(IReadOnlyDictionary<string, string> facts) =>
        facts.TryGetValue("email", out var email) && email.Length <= 254 && System.Net.Mail.MailAddress.TryCreate(email, out var address) && address.Address == email ? email : null;

    private static string NameOf(ConversationStart start) =>
        string.IsNullOrWhiteSpace(start.User.Name) ? Conversation.Nameless : Conversation.Excerpt(start.User.Name, 100);
}

/// <summary>Channel ids as Bot Framework names them.</summary>
public static class ChannelIds
{
    public const string DirectLine = "directline";
}
