using System.ComponentModel.DataAnnotations;

namespace SupportBot.Storage;

public enum StorageProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Where conversations, tickets and accounts are kept. Section <c>Storage</c>.</summary>
public sealed record StorageOptions : IValidatableObject
{
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>Needed for SQL Server; SQLite's default is <c>supportbot.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == StorageProvider.SqlServer && string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new ValidationResult("is needed when Storage:Provider is SqlServer.", [nameof(ConnectionString)]);
        }
    }
}
