using Microsoft.Data.Sqlite;

namespace SupportBot.Knowledge;

/// <summary>A connection to a full-text file with its prepared search; for one search at a time.</summary>
internal sealed class FullTextReader : IDisposable
{
    // The file's rank is bm25 with the title's weight: sorted by it, FTS5 works it out once a row.
    private const string Search = "SELECT rowid, -rank FROM passage WHERE passage MATCH $query ORDER BY rank LIMIT $limit";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;

    public FullTextReader(string connectionString)
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
