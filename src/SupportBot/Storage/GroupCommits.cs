using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SupportBot.Storage;

/// <summary>
/// Commits for SQLite, which has one writer at a time. One loop does all the writing of this process: whatever waits is written in one
/// transaction and made durable by one flush to disk, so a busy service pays for the disk once for many changes, and nobody
/// hears of a change before it is durable. Each change has a savepoint of its own: one that fails takes nothing else with it.
/// </summary>
/// <remarks>The loop keeps one connection, whose page cache stays warm, because nobody else in this process writes.</remarks>
public sealed class GroupCommits(IDbContextFactory<SupportBotDb> contexts) : Commits, IAsyncDisposable
{
    /// <summary>Most changes in one transaction: bounds how long the first one waits for the last.</summary>
    private const int MaxGroup = 64;

    private const string Savepoint = "change";

    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Lock _lock = new();

    private Task? _loop;

    protected override async Task<T> RunAsync<T>(string key, Func<SupportBotDb, Task<T>> change, int attempts, CancellationToken ct)
    {
        lock (_lock)
        {
            _loop ??= Task.Run(WriteAsync, CancellationToken.None);
        }

        var work = new Work<T>(change, attempts, ct);
        if (!_waiting.Writer.TryWrite(work))
        {
            throw new OperationCanceledException("The service is stopping.", ct);
        }

        return await work.Done;
    }

    /// <summary>Writes what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop;
        }
    }

    private async Task WriteAsync()
    {
        SupportBotDb? db = null;
        var group = new List<Work>(MaxGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && _waiting.Reader.TryRead(out var work))
            {
                group.Add(work);
            }

            try
            {
                db ??= await OpenAsync();
                await WriteGroupAsync(db, group);
            }
            catch (Exception e)
            {
                // The disk or the file: nothing of the group is kept, and the next group tries with a new connection.
                group.ForEach(work => work.Fail(e));
                await (db?.DisposeAsync() ?? ValueTask.CompletedTask);
                db = null;
            }
        }

        await (db?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<SupportBotDb> OpenAsync()
    {
        var db = await contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    private static async Task WriteGroupAsync(SupportBotDb db, List<Work> group)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            foreach (var work in group)
            {
                await work.RunAsync(db, transaction);
            }

            await transaction.CommitAsync();
        }

        group.ForEach(work => work.Succeed());
    }

    private abstract class Work
    {
        public abstract Task RunAsync(SupportBotDb db, IDbContextTransaction transaction);

        public abstract void Succeed();

        public abstract void Fail(Exception e);
    }

    private sealed class Work<T>(Func<SupportBotDb, Task<T>> change, int attempts, CancellationToken ct) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private T? _result;

        private Exception? _refused;

        public Task<T> Done => _done.Task;

        public override async Task RunAsync(SupportBotDb db, IDbContextTransaction transaction)
        {
            for (var attempt = 1; ; attempt++)
            {
                await transaction.CreateSavepointAsync(Savepoint);
                try
                {
                    ct.ThrowIfCancellationRequested();
                    _result = await change(db);
                    await db.SaveChangesAsync(CancellationToken.None);
                    await transaction.ReleaseSavepointAsync(Savepoint);
                    return;
                }
                catch (Exception e)
                {
                    await transaction.RollbackToSavepointAsync(Savepoint);
                    if (e is not DbUpdateException || attempt == attempts)
                    {
                        _refused = e;
                        return;
                    }
                }
                finally
                {
                    db.ChangeTracker.Clear();
                }
            }
        }

        public override void Succeed()
        {
            if (_refused is null)
            {
                _done.SetResult(_result!);
            }
            else
            {
                _done.SetException(_refused);
            }
        }

        public override void Fail(Exception e) => _done.TrySetException(e);
    }
}
