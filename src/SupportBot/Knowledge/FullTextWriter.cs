using Microsoft.Data.Sqlite;

namespace SupportBot.Knowledge;

/// <summary>Writes a full-text file: whole, or what has changed since the last one, each in one transaction.</summary>
internal static class FullTextWriter
{
    private const string Schema =
        """
        CREATE VIRTUAL TABLE passage USING fts5(title, body, tokenize = 'porter unicode61');
        INSERT INTO passage(passage, rank) VALUES ('rank', 'bm25(5.0, 1.0)');
        CREATE TABLE article(key TEXT PRIMARY KEY, hash TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
        """;

    private sealed record Stored(string Hash, int First, int Count);

    /// <summary>Each article's first row; null when the file does not hold exactly these articles or cannot be read.</summary>
    public static IReadOnlyDictionary<string, int>? TryReadFirstRows(string connectionString, IReadOnlyList<FullTextArticle> articles)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            var stored = ReadArticles(connection);
            return stored.Count == articles.Count && articles.All(a => stored.TryGetValue(a.Key, out var s) && IsSame(s, a))
                ? stored.ToDictionary(s => s.Key, s => s.Value.First, StringComparer.Ordinal)
                : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    /// <summary>Fills an empty database.</summary>
    public static IReadOnlyDictionary<string, int> Fill(SqliteConnection connection, IReadOnlyList<FullTextArticle> articles)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, Schema);
        var firstRows = new Dictionary<string, int>(StringComparer.Ordinal);
        Insert(connection, articles, 0, firstRows);
        Execute(connection, "INSERT INTO passage(passage) VALUES ('optimize')");
        transaction.Commit();
        return firstRows;
    }

    /// <summary>
    /// Brings an earlier file to these articles; null when little of it is left over or its rows have become mostly gaps, so that a whole
    /// new one is better.
    /// </summary>
    public static IReadOnlyDictionary<string, int>? TryUpdate(SqliteConnection connection, IReadOnlyList<FullTextArticle> articles)
    {
        using var transaction = connection.BeginTransaction();
        var stored = ReadArticles(connection);
        var firstRows = articles.Where(a => stored.TryGetValue(a.Key, out var s) && IsSame(s, a))
            .ToDictionary(a => a.Key, a => stored[a.Key].First, StringComparer.Ordinal);
        var end = stored.Values.Select(s => s.First + s.Count).DefaultIfEmpty(0).Max();
        if (firstRows.Count < articles.Count / 2 || end > 1_000 + (2 * articles.Sum(a => a.RowCount)))
        {
            return null;
        }

        using (var deletePassages = connection.CreateCommand())
        using (var deleteArticle = connection.CreateCommand())
        {
            deletePassages.CommandText = "DELETE FROM passage WHERE rowid >= $first AND rowid < $end";
            deleteArticle.CommandText = "DELETE FROM article WHERE key = $key";
            foreach (var (key, (_, first, count)) in stored.Where(s => !firstRows.ContainsKey(s.Key)))
            {
                deletePassages.Parameters.Clear();
                deletePassages.Parameters.AddWithValue("$first", first);
                deletePassages.Parameters.AddWithValue("$end", first + count);
                deletePassages.ExecuteNonQuery();
                deleteArticle.Parameters.Clear();
                deleteArticle.Parameters.AddWithValue("$key", key);
                deleteArticle.ExecuteNonQuery();
            }
        }

        Insert(connection, [.. articles.Where(a => !firstRows.ContainsKey(a.Key))], end, firstRows);
        transaction.Commit();
        return firstRows;
    }

    private static bool IsSame(Stored stored, FullTextArticle article) => stored.Hash == article.Hash && stored.Count == article.RowCount;

    private static void Insert(SqliteConnection connection, IReadOnlyList<FullTextArticle> articles, int next, Dictionary<string, int> firstRows)
    {
        using var passage = connection.CreateCommand();
        passage.CommandText = "INSERT INTO passage(rowid, title, body) VALUES ($row, $title, $body)";
        var row = passage.Parameters.Add("$row", SqliteType.Integer);
        var title = passage.Parameters.Add("$title", SqliteType.Text);
        var body = passage.Parameters.Add("$body", SqliteType.Text);
        using var article = connection.CreateCommand();
        article.CommandText = "INSERT INTO article(key, hash, first, count) VALUES ($key, $hash, $first, $count)";
        foreach (var (key, hash, count, rows) in articles)
        {
            article.Parameters.Clear();
            article.Parameters.AddWithValue("$key", key);
            article.Parameters.AddWithValue("$hash", hash);
            article.Parameters.AddWithValue("$first", next);
            article.Parameters.AddWithValue("$count", count);
            article.ExecuteNonQuery();
            firstRows.Add(key, next);
            foreach (var one in rows())
            {
                (row.Value, title.Value, body.Value) = (next++, one.Title, one.Body);
                passage.ExecuteNonQuery();
            }
        }
    }

    private static Dictionary<string, Stored> ReadArticles(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key, hash, first, count FROM article";
        var stored = new Dictionary<string, Stored>(StringComparer.Ordinal);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            stored.Add(rows.GetString(0), new Stored(rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3)));
        }

        return stored;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
