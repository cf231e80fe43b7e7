using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace SupportBot.Knowledge;

/// <summary>What is searched of one passage.</summary>
internal sealed record FullTextRow(string Title, string Body);

/// <summary>An article for the full-text index.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Hash">Changes whenever its rows do.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="Rows">Makes them; only asked for when they are not in the file yet.</param>
internal sealed record FullTextArticle(string Key, string Hash, int RowCount, Func<IEnumerable<FullTextRow>> Rows);

/// <summary>
/// A SQLite FTS5 index of passages. A file is made aside, from a copy of the last one where there is one, and moved into place: a reader only
/// ever sees a whole one, and a change costs what has changed. It is then read only. Readers are pooled with their prepared statement, since
/// opening costs more than searching.
/// </summary>
internal sealed class FullTextFile : IDisposable
{
    private readonly ConcurrentBag<FullTextReader> _readers = [];
    private readonly SqliteConnection? _keepsMemoryAlive;
    private readonly string _connectionString;
    private volatile bool _disposed;

    private FullTextFile(string connectionString, IReadOnlyDictionary<string, int> firstRows, SqliteConnection? keepsMemoryAlive)
    {
        _connectionString = connectionString;
        FirstRows = firstRows;
        _keepsMemoryAlive = keepsMemoryAlive;
    }

    /// <summary>Each article's first row, by its key.</summary>
    public IReadOnlyDictionary<string, int> FirstRows { get; }

    /// <summary>Opens the file if it is there and whole, otherwise makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="earlier">Files of other contents, the likeliest first, that may spare most of the work.</param>
    /// <param name="articles">What it holds.</param>
    public static FullTextFile Open(string path, IEnumerable<string> earlier, IReadOnlyList<FullTextArticle> articles)
    {
        var readOnly = ConnectionString(path, SqliteOpenMode.ReadOnly);
        if (File.Exists(path) && FullTextWriter.TryReadFirstRows(readOnly, articles) is { } firstRows)
        {
            return new FullTextFile(readOnly, firstRows, null);
        }

        var aside = $"{path}.{Guid.NewGuid():N}.tmp";
        var written = TryUpdateCopy(earlier, aside, articles);
        if (written is null)
        {
            File.Delete(aside);
            using var connection = Opened(ConnectionString(aside, SqliteOpenMode.ReadWriteCreate));
            written = FullTextWriter.Fill(connection, articles);
        }

        File.Move(aside, path, overwrite: true);
        return new FullTextFile(readOnly, written, null);
    }

    /// <summary>An index that lives in memory only.</summary>
    public static FullTextFile InMemory(IReadOnlyList<FullTextArticle> articles)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = $"knowledge-{Guid.NewGuid():N}",
            Mode = SqliteOpenMode.Memory,
            Cache = SqliteCacheMode.Shared,
            Pooling = false,
        }.ToString();
        var connection = Opened(connectionString);
        return new FullTextFile(connectionString, FullTextWriter.Fill(connection, articles), connection);
    }

    /// <summary>The best rows for any of the words, best first, with bm25 turned so that more is better.</summary>
    public IReadOnlyList<(int Row, double Bm25)> Find(IReadOnlyCollection<string> words, int limit)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (words.Count == 0)
        {
            return [];
        }

        // Words are letters and digits only and stand in quotes: nothing a customer types can be query syntax.
        var query = string.Join(" OR ", words.Select(word => $"\"{word}\""));
        var reader = _readers.TryTake(out var pooled) ? pooled : new FullTextReader(_connectionString);
        var found = reader.Find(query, limit);
        if (_disposed)
        {
            reader.Dispose();
        }
        else
        {
            _readers.Add(reader);
        }

        return found;
    }

    public void Dispose()
    {
        _disposed = true;
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _keepsMemoryAlive?.Dispose();
    }

    private static IReadOnlyDictionary<string, int>? TryUpdateCopy(IEnumerable<string> earlier, string aside, IReadOnlyList<FullTextArticle> articles)
    {
        foreach (var file in earlier)
        {
            try
            {
                File.Copy(file, aside, overwrite: true);
                using var connection = Opened(ConnectionString(aside, SqliteOpenMode.ReadWrite));
                if (FullTextWriter.TryUpdate(connection, articles) is { } firstRows)
                {
                    return firstRows;
                }
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                // A damaged file, or one that somebody removes just now, spares nothing; the next one may.
            }
        }

        return null;
    }

    private static SqliteConnection Opened(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
}
