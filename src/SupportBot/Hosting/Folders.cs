namespace SupportBot.Hosting;

/// <summary>Where things are: the company's files, which people write, and the data folder, which only this program writes.</summary>
public sealed record Folders(string Knowledge, string Data)
{
    public const string DataVariable = "SUPPORTBOT_DATA";

    public string Database => Path.Combine(Data, "supportbot.db");

    /// <summary>What can be made again from <see cref="Knowledge"/>: the index and the models.</summary>
    public string Cache => Path.Combine(Data, "cache");

    /// <summary>Files that customers sent.</summary>
    public string Uploads => Path.Combine(Data, "uploads");

    public string Keys => Path.Combine(Data, "keys");

    /// <summary>The folders that were named, else <c>knowledge</c> and <c>data</c> beside each other: in the working folder or in the nearest folder above the program that has one.</summary>
    public static Folders Resolve(string? knowledge, string? data)
    {
        var named = data ?? Environment.GetEnvironmentVariable(DataVariable);
        var root = Root();
        return new Folders(
            Path.GetFullPath(knowledge ?? Path.Combine(root, "knowledge")),
            Path.GetFullPath(string.IsNullOrWhiteSpace(named) ? Path.Combine(root, "data") : named));
    }

    /// <summary>Makes the data folder, which the program must be able to write to.</summary>
    public Folders Create()
    {
        try
        {
            Directory.CreateDirectory(Data);
            return this;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"--data {Data}: the folder cannot be made ({e.Message}). Name another one with --data or {DataVariable}.");
        }
    }

    private static string Root()
    {
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "knowledge", "company.yaml")))
                {
                    return folder.FullName;
                }
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
