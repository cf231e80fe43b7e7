using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Mail;

/// <summary>
/// What a person answered to a customer who has left the page goes to them by mail, with a link that takes up the conversation where it was.
/// Several answers in a row are one mail. A mail that was handed over and whose handing over was not recorded goes out again: SMTP has no way
/// to ask.
/// </summary>
public sealed class ReplyMail(
    MailOptions options,
    IDbContextFactory<SupportBotDb> contexts,
    ConversationSignals signals,
    DirectLineTokens tokens,
    IDirectLineSites sites,
    CurrentCompany company) : IOutboxEffect
{
    public const string RowKind = "mail";

    private const int MostReplies = 20;

    public string Kind => RowKind;

    /// <summary>Lets a person's reply go out by mail later, unless the customer has seen it by then. In the reply's own commit.</summary>
    public void Offer(SupportBotDb db, Conversation conversation, ActivityRecord reply, DateTimeOffset now)
    {
        if (options.IsOn && conversation is { CustomerEmail: not null, Channel: ChannelIds.DirectLine })
        {
            db.Outbox.Add(new OutboxRow
            {
                Kind = RowKind,
                Key = reply.ActivityId,
                ConversationId = conversation.Id,
                Target = RowKind,
                Payload = "",
                CreatedAt = now,
                DueAt = now + TimeSpan.FromSeconds(options.AfterSeconds),
            });
        }
    }

    public async Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var conversation = await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == row.ConversationId, ct);
        var reply = await db.Activities.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == row.ConversationId && a.ActivityId == row.Key, ct);
        if (conversation?.CustomerEmail is not { } email || reply is null || reply.Sequence <= conversation.MailedUpTo || await HasSeenAsync(db, reply, ct))
        {
            return Delivery.Done;
        }

        var replies = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == row.ConversationId && a.Author == Author.Agent && a.Type == ActivityTypes.Message)
            .Where(a => a.Sequence >= reply.Sequence)
            .OrderBy(a => a.Sequence)
            .Take(MostReplies)
            .ToListAsync(ct);
        await SendAsync(email, conversation, replies, ct);
        var upTo = replies[^1].Sequence;
        return new Delivery(async writing =>
        {
            if (await writing.Conversations.FirstOrDefaultAsync(c => c.Id == row.ConversationId, ct) is { } mailed)
            {
                mailed.MailedUpTo = Math.Max(mailed.MailedUpTo, upTo);
                mailed.Touch();
            }
        });
    }

    /// <summary>A page that is open shows it, and whoever has written since has read it.</summary>
    private async Task<bool> HasSeenAsync(SupportBotDb db, ActivityRecord reply, CancellationToken ct) =>
        signals.SubscriberCount(reply.ConversationId) > 0
        || await db.Activities.AnyAsync(a => a.ConversationId == reply.ConversationId && a.Sequence > reply.Sequence && a.Author == Author.Customer, ct);

    private async Task SendAsync(string email, Conversation conversation, IReadOnlyList<ActivityRecord> replies, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var activity in replies.Select(r => ActivityJson.Parse(r.Json)))
        {
            text.Append(activity.From?.Name ?? "Our team").AppendLine(" wrote:").AppendLine(activity.Text).AppendLine();
        }

        if (await LinkAsync(conversation, ct) is { } link)
        {
            text.AppendLine("Read on and answer here:").AppendLine(link).AppendLine();
            text.AppendLine("The link opens your conversation: keep it to yourself.");
        }

        // Header lines are made of the company's own words only.
        using var mail = new MailMessage(new MailAddress(options.From!, company.Facts.Name), new MailAddress(email))
        {
            Subject = $"{company.Facts.Name}: an answer to your question",
            SubjectEncoding = Encoding.UTF8,
            Body = text.ToString(),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.Headers["Auto-Submitted"] = "auto-generated";
        try
        {
            using var smtp = new SmtpClient(options.Host!, options.Port) { EnableSsl = options.StartTls };
            if (options.User is { Length: > 0 } user)
            {
                smtp.Credentials = new System.Net.NetworkCredential(user, options.Password);
            }

            await smtp.SendMailAsync(mail, ct);
        }
        catch (SmtpFailedRecipientException e)
        {
            throw new OutboxRefusal($"The mail server does not take the customer's address: {e.StatusCode}.", final: true, detail: e.Message);
        }
        catch (SmtpException e)
        {
            throw new OutboxRefusal($"The mail server said {e.StatusCode}.", final: false, outOfReach: true, detail: e.InnerException?.Message ?? e.Message);
        }
    }

    /// <summary>The token stands behind the #, which browsers send to nobody.</summary>
    private async Task<string?> LinkAsync(Conversation conversation, CancellationToken ct)
    {
        if (await sites.FindByIdAsync(conversation.SiteId, ct) is not { } site)
        {
            return null;
        }

        var token = await tokens.IssueAsync(site, conversation.Id, conversation.CustomerId, ct: ct);
        return $"{conversation.BaseUri}/resume.html#{Uri.EscapeDataString(site.Id)}.{token.Text}";
    }
}
