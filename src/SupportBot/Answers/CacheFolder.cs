namespace SupportBot.Answers;

/// <summary>Files of the cache folder, named <c>[kind]-[hash].bin</c> by what they were made from.</summary>
internal static class CacheFolder
{
    /// <summary>So many of a kind are kept, so that going back to an earlier version need not learn it again.</summary>
    private const int KeptOfAKind = 12;

    /// <summary>Writes a file as a whole or not at all, and deletes the oldest of its kind.</summary>
    public static void Write(string path, Action<BinaryWriter> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var aside = $"{path}.{Guid.NewGuid():N}.tmp";
        using (var writer = new BinaryWriter(File.Create(aside)))
        {
            content(writer);
        }

        File.Move(aside, path, overwrite: true);
        var kind = Path.GetFileName(path).Split('-')[0];
        foreach (var old in new DirectoryInfo(folder).EnumerateFiles($"{kind}-*.bin").OrderByDescending(file => file.LastWriteTimeUtc).Skip(KeptOfAKind))
        {
            old.Delete();
        }
    }
}
