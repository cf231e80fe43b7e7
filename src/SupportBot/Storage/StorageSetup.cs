using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SupportBot.Storage;

/// <summary>One model on either provider.</summary>
public static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options, string databaseFile)
    {
        services.AddSingleton(options);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContext());
        if (options.Provider == StorageProvider.SqlServer)
        {
            services.AddPooledDbContextFactory<SqlServerSupportBotDb>(db => db.UseSqlServer(options.ConnectionString, sql => sql.EnableRetryOnFailure()));
            services.AddSingleton<IDbContextFactory<SupportBotDb>, Factory<SqlServerSupportBotDb>>();
            services.AddSingleton<Commits, StripedCommits>();
        }
        else
        {
            var connection = options.ConnectionString ?? $"Data Source={databaseFile}";
            services.AddPooledDbContextFactory<SqliteSupportBotDb>(db => db.UseSqlite(connection).AddInterceptors(new ConnectionSettings()));
            services.AddSingleton<IDbContextFactory<SupportBotDb>, Factory<SqliteSupportBotDb>>();
            services.AddSingleton<Commits, GroupCommits>();
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
            await db.TrainingRuns.Where(r => r.Owner != null).ExecuteUpdateAsync(u => u.SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.Step, (string?)null), ct);
            await db.Outbox.Where(o => o.Open && o.Attempts == 1).ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, now), ct);
        }
    }

    /// <summary>The provider's own pool of contexts, seen as the one model.</summary>
    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<SupportBotDb>
        where TContext : SupportBotDb
    {
        public SupportBotDb CreateDbContext() => inner.CreateDbContext();
    }

    /// <summary>
    /// Settings of a SQLite connection, made once for each that the pool holds. Another program may hold the write lock, such as a backup:
    /// waiting is SQLite's own business then. Reading through the memory map spares a copy of every page that a writer has changed.
    /// </summary>
    private sealed class ConnectionSettings : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA busy_timeout = 10000;";

        private readonly ConditionalWeakTable<object, object> _set = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (_set.TryAdd(((SqliteConnection)connection).Handle!, this))
            {
                using var command = connection.CreateCommand();
                command.CommandText = Pragmas;
                command.ExecuteNonQuery();
            }
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
