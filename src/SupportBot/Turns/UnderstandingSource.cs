using SupportBot.Answers;
using SupportBot.Company;

namespace SupportBot.Turns;

/// <summary>Where the company's files are, and where what is made from them is kept.</summary>
public sealed record KnowledgeFolders(string Files, string Cache);

/// <summary>
/// The understanding in force. When the company's files change, what they say is in force within a second or two, with what was learnt
/// before; learning goes on beside it and takes over when it is done. So it is when other lessons are to be learnt. Files with mistakes change
/// nothing but the log.
/// </summary>
public sealed class UnderstandingSource(KnowledgeFolders folders, CurrentCompany company, TimeProvider time, ILogger<UnderstandingSource> logger)
    : BackgroundService
{
    /// <summary>Editors save in several steps: the files are read once they have been quiet for this long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Whoever copies many files does not keep the first of them waiting for the last.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Decisions that have begun may still use what was in force before.</summary>
    private static readonly TimeSpan KeptAfterwards = TimeSpan.FromMinutes(1);

    private readonly Lock _swapping = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly SemaphoreSlim _toLearn = new(0, 1);
    private readonly Queue<(Understanding Retired, long At)> _retired = [];

    private FileSystemWatcher? _watcher;

    private volatile Understanding? _current;

    private volatile Lessons _lessons = Lessons.None;

    /// <summary>Raised when other files or something newly learnt is in force; whoever listens returns at once.</summary>
    public event Action? Changed;

    public Understanding Current => _current ?? throw new InvalidOperationException("The company's files have not been read yet.");

    public bool IsLoaded => _current is not null;

    /// <summary>Whether what is in force has learnt all that it should: from the files as they are and from the lessons given last.</summary>
    public bool IsSettled => _current is { IsLearnt: true } current && current.Lessons.Key == _lessons.Key;

    /// <summary>Reads the files and puts what they say in force. The first time it also learns from them.</summary>
    /// <returns>What is wrong with them; then nothing has changed.</returns>
    public IReadOnlyList<FileProblem> Load(IProgress<string>? progress)
    {
        lock (_swapping)
        {
            // Watching begins before reading, so that no change falls between the two.
            _watcher ??= Watch();
            var loaded = Understanding.Load(folders.Files, folders.Cache, progress, before: _current, lessons: _lessons);
            if (loaded.Value is { } understanding)
            {
                company.Set(understanding.Facts);
                Replace(understanding);
                if (!understanding.IsLearnt)
                {
                    Note(_toLearn);
                }
            }

            return loaded.Problems;
        }
    }

    /// <summary>
    /// Has what people said learnt in place of what they said before; lessons that the cache knows are in force within milliseconds. Before the
    /// first <see cref="Load"/> it only says what is to be learnt then.
    /// </summary>
    public void Teach(Lessons lessons)
    {
        _lessons = lessons;
        Note(_toLearn);
    }

    /// <summary>
    /// A snapshot with other lessons, beside it and on one processor at most: for measuring whether they are worth it. Whoever teaches them
    /// afterwards finds them learnt.
    /// </summary>
    public Understanding Try(Understanding snapshot, Lessons lessons, IProgress<string> progress, CancellationToken ct) =>
        snapshot.Learn(lessons, folders.Cache, gently: true, progress, ct);

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(TakeUpChangesAsync(ct), LearnAsync(ct));

    public override void Dispose()
    {
        base.Dispose();
        _watcher?.Dispose();
        lock (_swapping)
        {
            while (_retired.TryDequeue(out var old))
            {
                old.Retired.Dispose();
            }

            _current?.Dispose();
        }
    }

    private async Task TakeUpChangesAsync(CancellationToken ct)
    {
        while (true)
        {
            await _changed.WaitAsync(ct);
            var first = time.GetTimestamp();
            while (time.GetElapsedTime(first) < LongestWait && await _changed.WaitAsync(Quiet, ct))
            {
            }

            Reload();
        }
    }

    private async Task LearnAsync(CancellationToken ct)
    {
        while (true)
        {
            await _toLearn.WaitAsync(ct);
            if (IsSettled)
            {
                continue;
            }

            var (files, lessons) = (Current, _lessons);
            try
            {
                var learnt = await Task.Run(() => files.Learn(lessons, folders.Cache, gently: files.IsLearnt, null, ct), ct).WaitAsync(ct);
                lock (_swapping)
                {
                    Replace(Current.WithWhatLearntBy(learnt));
                }

                if (!IsSettled)
                {
                    // The files or the lessons changed meanwhile.
                    Note(_toLearn);
                }

                logger.LogInformation("What the files and people teach is learnt and in force");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "Learning failed; what was learnt before stays in force");
            }
        }
    }

    private void Reload()
    {
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
    }

    private void Replace(Understanding understanding)
    {
        if (_current is { } before && !before.SharesIndexWith(understanding))
        {
            _retired.Enqueue((before, time.GetTimestamp()));
        }

        _current = understanding;
        Changed?.Invoke();
        while (_retired.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > KeptAfterwards)
        {
            _retired.Dequeue().Retired.Dispose();
        }
    }

    private FileSystemWatcher? Watch()
    {
        if (!Directory.Exists(folders.Files))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(folders.Files) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Note(_changed);
        watcher.Created += (_, _) => Note(_changed);
        watcher.Deleted += (_, _) => Note(_changed);
        watcher.Renamed += (_, _) => Note(_changed);

        // More changes at once than the system has kept: which they were does not matter.
        watcher.Error += (_, _) => Note(_changed);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private static void Note(SemaphoreSlim bell)
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is known already.
        }
    }
}
