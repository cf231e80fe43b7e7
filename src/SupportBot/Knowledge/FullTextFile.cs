using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SupportBot.Knowledge;

/// <summary>A row of the full-text index: what is searched of one passage.</summary>
internal sealed record FullTextRow(string Title, string Body);

/// <summary>
/// A SQLite FTS5 index of passages. A file is built aside and moved into place, so that a reader only ever sees a whole one; it is then
/// read only. Readers are pooled with their prepared statement, since opening costs more than searching.
/// </summary>
internal sealed class FullTextFile : IDisposable
{
    private const string Search =
        "SELECT rowid, -bm25(passage, 5.0, 1.0) FROM passage WHERE passage MATCH $query ORDER BY bm25(passage, 5.0, 1.0), rowid LIMIT $limit";

    private readonly ConcurrentBag<Reader> _readers = [];
    private readonly SqliteConnection? _keepsMemoryAlive;
    private readonly string _connectionString;
    private volatile bool _disposed;

    private FullTextFile(string connectionString, SqliteConnection? keepsMemoryAlive)
    {
        _connectionString = connectionString;
        _keepsMemoryAlive = keepsMemoryAlive;
    }

    /// <summary>Opens the file if it is there and whole, otherwise builds it.</summary>
    public static FullTextFile Open(string path, IReadOnlyList<FullTextRow> rows)
    {
        if (!IsWhole(path, rows.Count))
        {
            var aside = $"{path}.{Guid.NewGuid():N}.tmp";
            using (var connection = new SqliteConnection(ConnectionString(aside, SqliteOpenMode.ReadWriteCreate)))
            {
                connection.Open();
                Fill(connection, rows);
            }

            File.Move(aside, path, overwrite: true);
        }

        return new FullTextFile(ConnectionString(path, SqliteOpenMode.ReadOnly), null);
    }

    /// <summary>An index that lives in memory only.</summary>
    public static FullTextFile InMemory(IReadOnlyList<FullTextRow> rows)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = $"knowledge-{Guid.NewGuid():N}",
            Mode = SqliteOpenMode.Memory,
            Cache = SqliteCacheMode.Shared,
            Pooling = false,
        }.ToString();
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Fill(connection, rows);
        return new FullTextFile(connectionString, connection);
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
        var reader = _readers.TryTake(out var pooled) ? pooled : new Reader(_connectionString);
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

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    private static bool IsWhole(string path, int rows)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM passage";
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == rows;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static void Fill(SqliteConnection connection, IReadOnlyList<FullTextRow> rows)
    {
        using var transaction = connection.BeginTransaction();
        using (var create = connection.CreateCommand())
        {
            create.CommandText = "CREATE VIRTUAL TABLE passage USING fts5(title, body, tokenize = 'porter unicode61')";
            create.ExecuteNonQuery();
        }

        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO passage(rowid, title, body) VALUES ($row, $title, $body)";
            var row = insert.Parameters.Add("$row", SqliteType.Integer);
            var title = insert.Parameters.Add("$title", SqliteType.Text);
            var body = insert.Parameters.Add("$body", SqliteType.Text);
            for (var i = 0; i < rows.Count; i++)
            {
                (row.Value, title.Value, body.Value) = (i, rows[i].Title, rows[i].Body);
                insert.ExecuteNonQuery();
            }
        }

        using (var optimize = connection.CreateCommand())
        {
            optimize.CommandText = "INSERT INTO passage(passage) VALUES ('optimize')";
            optimize.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _command;

        public Reader(string connectionString)
        {
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            _command = _connection.CreateCommand();
            _command.CommandText = Search;
            _command.Parameters.Add("$query", SqliteType.Text);
            _command.Parameters.Add("$limit", SqliteType.Integer);
        }

        public List<(int Row, double Bm25)> Find(string query, int limit)
        {
            _command.Parameters["$query"].Value = query;
            _command.Parameters["$limit"].Value = limit;
            var found = new List<(int, double)>();
            using var rows = _command.ExecuteReader();
            while (rows.Read())
            {
                found.Add((rows.GetInt32(0), rows.GetDouble(1)));
            }

            return found;
        }

        public void Dispose()
        {
            _command.Dispose();
            _connection.Dispose();
        }
    }
}
