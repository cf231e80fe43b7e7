using SupportBot.Answers;
using SupportBot.Company;

namespace SupportBot.Turns;

/// <summary>Where the company's files are, and where what is made from them is kept.</summary>
public sealed record KnowledgeFolders(string Files, string Cache);

/// <summary>
/// The understanding in force. When the company's files change it is made anew beside the old one and takes its place as a whole;
/// files with mistakes change nothing but the log.
/// </summary>
public sealed class UnderstandingSource(KnowledgeFolders folders, CurrentCompany company, ILogger<UnderstandingSource> logger) : BackgroundService
{
    /// <summary>Editors save in several steps: the files are read once they have been quiet for this long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly SemaphoreSlim _changed = new(0, 1);

    private FileSystemWatcher? _watcher;

    private volatile Understanding? _current;

    /// <summary>What was in force before: decisions that have begun may still use it, so it is kept until the next change.</summary>
    private Understanding? _previous;

    public Understanding Current => _current ?? throw new InvalidOperationException("The company's files have not been read yet.");

    public bool IsLoaded => _current is not null;

    /// <summary>Reads the files and puts what they say in force.</summary>
    /// <returns>What is wrong with them; then nothing has changed.</returns>
    public IReadOnlyList<FileProblem> Load(IProgress<string>? progress)
    {
        // Watching begins before reading, so that no change falls between the two.
        _watcher ??= Watch();
        var loaded = Understanding.Load(folders.Files, folders.Cache, progress);
        if (loaded.Value is { } understanding)
        {
            company.Set(understanding.Facts);
            _current = understanding;
        }

        return loaded.Problems;
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _changed.WaitAsync(ct);
            while (await _changed.WaitAsync(Quiet, ct))
            {
            }

            Reload();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _watcher?.Dispose();
        _previous?.Dispose();
        _current?.Dispose();
    }

    private FileSystemWatcher? Watch()
    {
        if (!Directory.Exists(folders.Files))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(folders.Files) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Note();
        watcher.Created += (_, _) => Note();
        watcher.Deleted += (_, _) => Note();
        watcher.Renamed += (_, _) => Note();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Note()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is known already that something changed.
        }
    }

    private void Reload()
    {
        var before = _current;
        IReadOnlyList<FileProblem> problems;
        try
        {
            problems = Load(null);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The company's files could not be taken up; the last good version stays in force");
            return;
        }

        foreach (var problem in problems)
        {
            logger.LogError("{Problem}", problem);
        }

        if (problems.Count > 0)
        {
            logger.LogError("The company's files have {Count} mistakes; the last good version stays in force", problems.Count);
            return;
        }

        logger.LogInformation("The company's files changed and are in force");
        _previous?.Dispose();
        _previous = before;
    }
}
