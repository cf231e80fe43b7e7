using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SupportBot.Storage;

/// <summary>Lets <c>dotnet ef</c> make migrations without starting the service: <c>dotnet ef migrations add NAME --context SqliteSupportBotDb --output-dir Storage/Migrations/Sqlite</c>.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteSupportBotDb>
{
    public SqliteSupportBotDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteSupportBotDb>().UseSqlite("Data Source=design-time.db").Options);
}

/// <summary>The same for SQL Server: <c>--context SqlServerSupportBotDb --output-dir Storage/Migrations/SqlServer</c>.</summary>
public sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerSupportBotDb>
{
    public SqlServerSupportBotDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerSupportBotDb>().UseSqlServer("Server=design-time").Options);
}
