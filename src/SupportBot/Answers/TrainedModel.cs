using System.Security.Cryptography;
using System.Text;
using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// Everything that is learnt from the company's files and from what people said, kept in <c>understanding-[hash].bin</c> of the cache folder. The
/// hash covers what it was learnt from and how, so a file that is there can be used as it is, and a change trains anew.
/// </summary>
/// <param name="Key">Names what it was learnt from and how.</param>
internal sealed record TrainedModel(Recognition Recognition, AnswerConfidence Confidence, double Threshold, string Key)
{
    private const int FormatVersion = 1;

    /// <summary>Reads the model that was learnt from exactly this; null when there is none.</summary>
    public static TrainedModel? Stored(Curriculum curriculum, string cacheDirectory, AnswerOptions options) =>
        TryRead(PathOf(curriculum, cacheDirectory, options), curriculum);

    /// <summary>Trains and stores.</summary>
    /// <param name="mostAtOnce">How many processors it may keep busy; -1 for all.</param>
    public static TrainedModel Learn(
        Curriculum curriculum, string cacheDirectory, AnswerOptions options, IProgress<string>? progress, int mostAtOnce, CancellationToken ct)
    {
        var path = PathOf(curriculum, cacheDirectory, options);
        var model = Train(curriculum, options, progress, mostAtOnce, ct) with { Key = KeyOf(path) };
        ct.ThrowIfCancellationRequested();
        CacheFolder.Write(path, writer =>
        {
            model.Recognition.Intents.Write(writer);
            model.Recognition.Articles.Write(writer);
            model.Confidence.Write(writer);
            writer.Write(model.Threshold);
            writer.Write(FormatVersion);
        });
        return model;
    }

    private static string PathOf(Curriculum curriculum, string cacheDirectory, AnswerOptions options) =>
        Path.Combine(cacheDirectory, $"understanding-{Hash(curriculum, options)}.bin");

    private static string KeyOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static TrainedModel Train(Curriculum curriculum, AnswerOptions options, IProgress<string>? progress, int mostAtOnce, CancellationToken ct)
    {
        progress?.Report("Learning the intents");
        var recognition = curriculum.Learn();
        var fitted = ConfidenceTraining.Fit(curriculum.Articles, curriculum.Intents, recognition, options, progress, mostAtOnce, ct);
        return new TrainedModel(recognition, fitted.Confidence, fitted.Threshold, "");
    }

    private static TrainedModel? TryRead(string path, Curriculum curriculum)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            var recognition = new Recognition(IntentRecognizer.Read(reader, curriculum.TaughtIntents()), IntentRecognizer.Read(reader, curriculum.Classes()));
            var model = new TrainedModel(recognition, AnswerConfidence.Read(reader), reader.ReadDouble(), KeyOf(path));
            return reader.ReadInt32() == FormatVersion ? model : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or OverflowException)
        {
            // A file that was cut off or belongs to another version is as good as none.
            return null;
        }
    }

    private static string Hash(Curriculum curriculum, AnswerOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        Add(FormattableString.Invariant(
            $"{FormatVersion} {IntentRecognizer.RecipeVersion} {AnswerConfidence.RecipeVersion} {options.UnanswerableShare} {options.WrongHeldOutShare}"));
        foreach (var article in curriculum.Articles)
        {
            Add($"article {article.Slug} {article.Questions.Count}");
            Add(article.Title);
            Add(article.Markdown);
            foreach (var question in article.Questions)
            {
                Add(question);
            }
        }

        foreach (var intent in curriculum.Intents)
        {
            Add($"intent {intent.Name} {intent.Articles.Count} {intent.Examples.Count}");
            Add(intent.Title);
            foreach (var text in intent.Articles.Concat(intent.Examples))
            {
                Add(text);
            }
        }

        if (curriculum.Lessons.Key is { Length: > 0 } lessons)
        {
            Add($"lessons {lessons}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
