using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SupportBot.Channels;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Learning;
using SupportBot.Outbox;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Storage;

/// <summary>The one model. The providers differ in their migrations only.</summary>
public abstract class SupportBotDb(DbContextOptions options) : IdentityDbContext<AgentAccount, IdentityRole, string>(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ActivityRecord> Activities => Set<ActivityRecord>();

    public DbSet<Timing> Timings => Set<Timing>();

    public DbSet<WorkflowStep> WorkflowSteps => Set<WorkflowStep>();

    public DbSet<HandoffRecord> Handoffs => Set<HandoffRecord>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TicketMessage> TicketMessages => Set<TicketMessage>();

    public DbSet<TicketCursor> TicketCursors => Set<TicketCursor>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<EmbeddedTicket> EmbeddedTickets => Set<EmbeddedTicket>();

    public DbSet<EmbeddedTicketMessage> EmbeddedTicketMessages => Set<EmbeddedTicketMessage>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<SiteSecret> SiteSecrets => Set<SiteSecret>();

    public DbSet<ChannelAddress> ChannelAddresses => Set<ChannelAddress>();

    public DbSet<AnswerFeedback> Feedback => Set<AnswerFeedback>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<LabelledExample> Labels => Set<LabelledExample>();

    public DbSet<ModelVersion> ModelVersions => Set<ModelVersion>();

    public DbSet<VersionLabel> VersionLabels => Set<VersionLabel>();

    public DbSet<TrainingRun> TrainingRuns => Set<TrainingRun>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        // As UTC: SQLite cannot order DateTimeOffset, and nothing here needs the offset.
        configuration.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configuration.Properties<string>().HaveMaxLength(Lengths.Name);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        model.Entity<Conversation>(e =>
        {
            e.Property(c => c.Id).HasMaxLength(Lengths.Id);
            e.Property(c => c.SiteId).HasMaxLength(Lengths.Id);
            e.Property(c => c.Dialogue).HasMaxLength(-1);
            e.Property(c => c.BaseUri).HasMaxLength(Lengths.Line);
            e.Property(c => c.Version).IsConcurrencyToken();
            e.ComplexProperty(c => c.Clock);
            e.Property(c => c.CustomerFacts).HasMaxLength(-1);
            e.Ignore(c => c.Facts);
            e.Ignore(c => c.Appended);
            e.HasIndex(c => c.LastAt);
        });

        model.Entity<ActivityRecord>(e =>
        {
            e.ToTable("Activities");
            e.HasKey(a => new { a.ConversationId, a.Sequence });
            e.Property(a => a.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(a => a.ActivityId).HasMaxLength(Lengths.Id);
            e.Property(a => a.Json).HasMaxLength(-1);
            e.Property(a => a.Evidence).HasMaxLength(-1);
            e.HasIndex(a => new { a.ConversationId, a.ClientId }).IsUnique().HasFilter(NotNull(nameof(ActivityRecord.ClientId)));
            e.HasIndex([nameof(ActivityRecord.ConversationId), nameof(ActivityRecord.Sequence)], "IX_Activities_Waiting").HasFilter(IsTrue(nameof(ActivityRecord.Pending)));
            e.HasOne<Conversation>().WithMany().HasForeignKey(a => a.ConversationId);
        });

        model.Entity<Timing>(e =>
        {
            e.Property(t => t.ConversationId).HasMaxLength(Lengths.Id);
            e.HasIndex(t => new { t.Metric, t.EndedAt });
        });

        model.Entity<WorkflowStep>(e =>
        {
            e.Property(s => s.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(s => s.Outcome).HasMaxLength(32);
            e.HasIndex(s => s.EnteredAt);
            e.HasIndex(s => new { s.ConversationId, s.Run });
        });

        model.Entity<HandoffRecord>(e =>
        {
            e.Property(h => h.Draft).HasMaxLength(-1);
            e.ToTable("Handoffs");
            e.Property(h => h.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(h => h.Evidence).HasMaxLength(-1);
            e.HasIndex(h => new { h.State, h.CreatedAt });
            e.HasIndex(h => h.ConversationId);
        });

        model.Entity<Ticket>(e =>
        {
            e.Property(t => t.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(t => t.Fields).HasMaxLength(-1);
            e.Property(t => t.System).HasMaxLength(Lengths.Id);
            e.Property(t => t.RemoteId).HasMaxLength(Lengths.Id);
            e.Property(t => t.Url).HasMaxLength(Lengths.Text);
            e.Property(t => t.Warning).HasMaxLength(Lengths.Text);
            e.HasIndex(t => t.ConversationId);
            e.HasIndex(t => t.Key).IsUnique();
            e.HasIndex(t => new { t.System, t.RemoteId });
        });

        model.Entity<TicketMessage>(e =>
        {
            e.Property(m => m.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(m => m.RemoteId).HasMaxLength(Lengths.Id);
            e.Property(m => m.Text).HasMaxLength(-1);
            e.HasIndex(m => new { m.TicketId, m.RemoteId }).IsUnique();
            e.HasIndex(m => m.ConversationId);
        });

        model.Entity<TicketCursor>(e =>
        {
            e.HasKey(c => c.System);
            e.Property(c => c.System).HasMaxLength(Lengths.Id);
            e.Property(c => c.Cursor).HasMaxLength(Lengths.Text);
        });

        model.Entity<WebhookDelivery>(e =>
        {
            e.HasKey(d => new { d.System, d.DeliveryId });
            e.Property(d => d.System).HasMaxLength(Lengths.Id);
            e.HasIndex(d => d.At);
        });

        model.Entity<EmbeddedTicket>(e =>
        {
            e.HasKey(t => t.Number);
            e.Property(t => t.Number).ValueGeneratedOnAdd();
            e.Property(t => t.Body).HasMaxLength(-1);
            e.Property(t => t.Tags).HasMaxLength(-1);
            e.Property(t => t.Fields).HasMaxLength(-1);
            e.Property(t => t.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(t => t.Version).IsConcurrencyToken();
            e.HasIndex(t => t.Key).IsUnique();
            e.HasIndex(t => new { t.ChangedAt, t.Number });
        });

        model.Entity<EmbeddedTicketMessage>(e =>
        {
            e.Property(m => m.Text).HasMaxLength(-1);
            e.HasIndex(m => m.TicketNumber);
            e.HasOne<EmbeddedTicket>().WithMany().HasForeignKey(m => m.TicketNumber);
        });

        model.Entity<OutboxRow>(e =>
        {
            e.ToTable("Outbox");
            e.Property(o => o.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(o => o.Payload).HasMaxLength(-1);
            e.Property(o => o.LastError).HasMaxLength(Lengths.Text);
            e.Property(o => o.Kind).HasMaxLength(32);
            e.Property(o => o.Target).HasMaxLength(64);
            e.HasIndex(o => new { o.Kind, o.Key }).IsUnique();
            e.HasIndex(o => o.DueAt).HasFilter(IsTrue(nameof(OutboxRow.Open)));
            e.HasIndex([nameof(OutboxRow.ConversationId), nameof(OutboxRow.Id)], "IX_Outbox_Open").HasFilter(IsTrue(nameof(OutboxRow.Open)));
        });

        model.Entity<Site>(e =>
        {
            e.Property(s => s.Id).HasMaxLength(Lengths.Id);
            e.Property(s => s.Origins).HasMaxLength(Lengths.Text);
            e.Ignore(s => s.OriginList);
        });

        model.Entity<SiteSecret>(e =>
        {
            e.Property(s => s.Id).HasMaxLength(Lengths.Id);
            e.Property(s => s.SiteId).HasMaxLength(Lengths.Id);
            e.Property(s => s.Hash).HasMaxLength(64);
            e.HasIndex(s => s.Hash).IsUnique();
            e.HasOne<Site>().WithMany().HasForeignKey(s => s.SiteId);
        });

        model.Entity<ChannelAddress>(e =>
        {
            e.HasKey(a => a.ConversationId);
            e.Property(a => a.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(a => a.ServiceUrl).HasMaxLength(Lengths.Text);
            e.Property(a => a.Reference).HasMaxLength(-1);
        });

        model.Entity<AnswerFeedback>(e =>
        {
            e.ToTable("Feedback");
            e.HasKey(f => new { f.ConversationId, f.AnswerSequence, f.Said });
            e.Property(f => f.ConversationId).HasMaxLength(Lengths.Id);
            e.HasIndex(f => f.At);
            e.HasIndex([nameof(AnswerFeedback.ConversationId), nameof(AnswerFeedback.AnswerSequence)], "IX_Feedback_Unlabelled").HasFilter(IsTrue(nameof(AnswerFeedback.Unlabelled)));
        });

        model.Entity<LabelledExample>(e =>
        {
            e.ToTable("Labels");
            e.Property(l => l.ConversationId).HasMaxLength(Lengths.Id);
            e.Property(l => l.Text).HasMaxLength(Lengths.Text);
            e.HasIndex(l => new { l.ConversationId, l.Sequence });
            e.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationId);
        });

        model.Entity<ModelVersion>(e =>
        {
            e.HasKey(v => v.Number);
            e.Property(v => v.Number).ValueGeneratedNever();
            e.Property(v => v.State).IsConcurrencyToken();
            e.Property(v => v.Before).HasMaxLength(Lengths.Text);
            e.Property(v => v.After).HasMaxLength(Lengths.Text);
            e.Property(v => v.Objection).HasMaxLength(Lengths.Line);
            e.HasData(new ModelVersion { Number = ModelVersion.FilesAlone, State = VersionState.InForce, MadeAt = DateTimeOffset.UnixEpoch });
        });

        model.Entity<VersionLabel>(e =>
        {
            e.HasKey(l => new { l.Number, l.LabelId });
            e.HasOne<ModelVersion>().WithMany().HasForeignKey(l => l.Number);
            e.HasOne<LabelledExample>().WithMany().HasForeignKey(l => l.LabelId);
        });

        model.Entity<TrainingRun>(e =>
        {
            e.Property(r => r.Id).ValueGeneratedNever();
            e.Property(r => r.Owner).IsConcurrencyToken();
            e.Property(r => r.Outcome).HasMaxLength(Lengths.Line);
            e.HasData(new TrainingRun { LeasedUntil = DateTimeOffset.UnixEpoch });
        });

        model.Entity<SigningKey>().Property(k => k.Id).HasMaxLength(Lengths.Id);
    }

    /// <summary>A filter on a column in the provider's own quoting.</summary>
    protected abstract string NotNull(string column);

    /// <summary>The same for a column that is true.</summary>
    protected abstract string IsTrue(string column);

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        value => value.UtcDateTime,
        value => new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)));

    /// <summary>Column lengths, characters. Keys stay short enough for SQL Server's index limit of 1,700 bytes.</summary>
    private static class Lengths
    {
        public const int Id = 128;
        public const int Name = 256;
        public const int Line = 512;
        public const int Text = 2000;
    }
}

public sealed class SqliteSupportBotDb(DbContextOptions<SqliteSupportBotDb> options) : SupportBotDb(options)
{
    protected override string NotNull(string column) => $"\"{column}\" IS NOT NULL";

    protected override string IsTrue(string column) => $"\"{column}\"";
}

public sealed class SqlServerSupportBotDb(DbContextOptions<SqlServerSupportBotDb> options) : SupportBotDb(options)
{
    /// <summary>Ids and keys that machines make differ by case, which SQL Server's usual collations do not see.</summary>
    private const string Exact = "Latin1_General_100_BIN2";

    private static readonly string[] ExactColumns =
    [
        nameof(Conversation.Id), nameof(ActivityRecord.ConversationId), nameof(ActivityRecord.ActivityId), nameof(ActivityRecord.ClientId), nameof(Ticket.Key),
        nameof(Ticket.RemoteId), nameof(WebhookDelivery.DeliveryId),
    ];

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        foreach (var property in model.Model.GetEntityTypes()
                     .Where(e => e.ClrType.Assembly == typeof(Conversation).Assembly && e.ClrType != typeof(AgentAccount))
                     .SelectMany(e => e.GetProperties())
                     .Where(p => p.ClrType == typeof(string) && ExactColumns.Contains(p.Name)))
        {
            property.SetCollation(Exact);
        }
    }

    protected override string NotNull(string column) => $"[{column}] IS NOT NULL";

    protected override string IsTrue(string column) => $"[{column}] = 1";
}
