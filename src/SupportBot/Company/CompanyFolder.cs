using System.Text;

namespace SupportBot.Company;

/// <summary>One text file of the company's folder.</summary>
/// <param name="Path">Path relative to the folder, with forward slashes.</param>
/// <param name="Text">The whole text.</param>
public sealed record CompanyFile(string Path, string Text)
{
    /// <summary>The file's name without folder and extension: a slug or an intent's name.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>
/// The company's files as they lie on disk: <c>company.yaml</c>, <c>articles/</c> (Markdown, HTML, CSV, JSONL), <c>intents/*.yaml</c>
/// and <c>evaluation/*.yaml</c>. What they mean is read by the room that each part belongs to.
/// </summary>
public sealed record CompanyFolder(
    CompanyFile? Facts,
    IReadOnlyList<CompanyFile> Articles,
    IReadOnlyList<CompanyFile> Intents,
    IReadOnlyList<CompanyFile> Evaluation)
{
    /// <summary>Files larger than this are refused.</summary>
    public const int LargestFileBytes = 1_000_000;

    private static readonly string[] ArticleExtensions = [".md", ".html", ".htm", ".csv", ".jsonl"];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the folder; what is missing, too large or not UTF-8 becomes a problem.</summary>
    public static CompanyFolder Read(string directory, FileProblems problems)
    {
        if (!Directory.Exists(directory))
        {
            problems.Add(".", 1, $"the folder '{directory}' does not exist", "point the setting at the folder that holds company.yaml");
            return new CompanyFolder(null, [], [], []);
        }

        var factsPath = Path.Combine(directory, "company.yaml");
        CompanyFile? facts = null;
        if (File.Exists(factsPath))
        {
            facts = ReadFile(directory, factsPath, problems);
        }
        else
        {
            problems.Add("company.yaml", 1, "the file is missing", "add company.yaml with the company's name, hours and queues");
        }

        return new CompanyFolder(
            facts,
            ReadAll(directory, "articles", ArticleExtensions, problems),
            ReadAll(directory, "intents", [".yaml"], problems),
            ReadAll(directory, "evaluation", [".yaml"], problems));
    }

    private static List<CompanyFile> ReadAll(string directory, string folder, string[] extensions, FileProblems problems)
    {
        var path = Path.Combine(directory, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        var files = new List<CompanyFile>();
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            if (ReadFile(directory, file, problems) is { } read)
            {
                files.Add(read);
            }
        }

        return files;
    }

    private static CompanyFile? ReadFile(string directory, string path, FileProblems problems)
    {
        var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
        if (new FileInfo(path).Length > LargestFileBytes)
        {
            problems.Add(name, 1, "the file is larger than 1 MB", "split it into smaller files");
            return null;
        }

        try
        {
            var text = StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF').ReplaceLineEndings("\n");
            return new CompanyFile(name, text);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(name, 1, "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
    }
}
