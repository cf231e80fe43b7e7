using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SupportBot.Storage;

/// <summary>One model on either provider.</summary>
public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options, string databaseFile)
    {
        services.AddSingleton(options);
        services.AddSingleton<Commits>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContext());
        if (options.Provider == StorageProvider.SqlServer)
        {
            services.AddPooledDbContextFactory<SqlServerSupportBotDb>(db => db.UseSqlServer(options.ConnectionString, sql => sql.EnableRetryOnFailure()));
            services.AddSingleton<IDbContextFactory<SupportBotDb>, Factory<SqlServerSupportBotDb>>();
        }
        else
        {
            var connection = options.ConnectionString ?? $"Data Source={databaseFile}";
            services.AddPooledDbContextFactory<SqliteSupportBotDb>(db => db.UseSqlite(connection).AddInterceptors(new BusyTimeout()));
            services.AddSingleton<IDbContextFactory<SupportBotDb>, Factory<SqliteSupportBotDb>>();
        }

        return services;
    }

    /// <summary>
    /// Brings the database to this version. On SQLite, where one process has the database to itself, it also takes back what a process that
    /// was killed still held, so that its customers do not wait for a lease to run out.
    /// </summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContextAsync(ct);
        await db.Database.MigrateAsync(ct);
        if (services.GetRequiredService<StorageOptions>().Provider == StorageProvider.Sqlite)
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            await db.Conversations.Where(c => c.LeaseOwner != null).ExecuteUpdateAsync(u => u.SetProperty(c => c.LeaseOwner, (string?)null), ct);
            await db.Outbox.Where(o => o.DoneAt == null && o.Attempts == 1).ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, now), ct);
        }
    }

    /// <summary>The provider's own pool of contexts, seen as the one model.</summary>
    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<SupportBotDb>
        where TContext : SupportBotDb
    {
        public SupportBotDb CreateDbContext() => inner.CreateDbContext();
    }

    /// <summary>Another program may hold SQLite's write lock, such as a backup: waiting is SQLite's own business then, in short steps.</summary>
    private sealed class BusyTimeout : DbConnectionInterceptor
    {
        private const string Pragma = "PRAGMA busy_timeout = 10000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
