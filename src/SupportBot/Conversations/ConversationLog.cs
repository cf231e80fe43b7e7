using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>The activity log in the database: what Direct Line appends to and reads from.</summary>
public sealed class ConversationLog(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    RecentActivities recent,
    ConversationSignals signals,
    LiveEvents live,
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
                Channel = Channels.DirectLine,
                CustomerId = start.User.Id!,
                CustomerName = NameOf(start),
                Locale = start.Locale,
                BaseUri = start.BaseUri.ToString().TrimEnd('/'),
                StartedAt = now,
                LastAt = now,
            };
            db.Conversations.Add(conversation);
            db.Activities.Add(conversation.Append(BotMessages.Message(Author.Bot, company.Facts.Bot, company.Facts.Greeting), Author.Bot, now));
            return conversation;
        }, ct);

        if (created is not null)
        {
            Announce(created);
        }

        return created is not null;
    }

    public async ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, CancellationToken ct)
    {
        var clientId = activity.ClientActivityId;
        var turn = TurnNeeded(activity);
        var (result, appended) = await commits.RunAsync<(AppendResult, Conversation?)>(conversationId, async db =>
        {
            var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == conversationId, ct);
            if (conversation is null)
            {
                return (new AppendResult(AppendOutcome.UnknownConversation, null, 0), null);
            }

            if (clientId is not null
                && await db.Activities.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == conversationId && a.ClientId == clientId, ct) is { } first)
            {
                return (new AppendResult(AppendOutcome.Duplicate, first.ActivityId, first.Sequence), null);
            }

            var now = time.GetUtcNow();
            var row = conversation.Append(activity, Author.Customer, now, turn, clientId);
            if (turn)
            {
                if (conversation.Subject.Length == 0)
                {
                    conversation.Subject = conversation.LastText;
                }

                conversation.Clock.CustomerWrote(now);
                instance.TakeLease(conversation, now);
            }

            db.Activities.Add(row);
            return (new AppendResult(AppendOutcome.Appended, row.ActivityId, row.Sequence), conversation);
        }, ct);

        if (appended is not null)
        {
            Announce(appended, turn);
        }

        return result;
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
    public void Announce(Conversation conversation, bool turnWaiting = false)
    {
        recent.Add(conversation);
        signals.Appended(conversation.Id, conversation.LastSequence);
        live.Publish(new LiveEvent(conversation.Id, turnWaiting, conversation.HandoffId is not null));
    }

    private static bool TurnNeeded(Activity activity) =>
        activity.Type == ActivityTypes.Message
        && (!string.IsNullOrWhiteSpace(activity.Text) || activity.Attachments is { Count: > 0 } || activity.Value is not null);

    private static string NameOf(ConversationStart start) =>
        string.IsNullOrWhiteSpace(start.User.Name) ? "Visitor" : Conversation.Excerpt(start.User.Name, 100);
}

/// <summary>Channel ids as Bot Framework names them.</summary>
public static class Channels
{
    public const string DirectLine = "directline";
}
