using System.Security.Cryptography;
using System.Text;
using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// Everything that is learnt from the company's files, kept in <c>understanding-[hash].bin</c> of the cache folder. The hash covers what it was
/// learnt from and how, so a file that is there can be used as it is, and a change of a file trains anew.
/// </summary>
/// <param name="Key">Names what it was learnt from and how.</param>
internal sealed record TrainedModel(Recognition Recognition, AnswerConfidence Confidence, double Threshold, string Key)
{
    private const int FormatVersion = 1;

    /// <summary>Reads the model that was learnt from exactly these files; null when there is none.</summary>
    public static TrainedModel? Stored(IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, string cacheDirectory, AnswerOptions options) =>
        TryRead(PathOf(articles, intents, cacheDirectory, options), intents, Classes(articles, intents));

    /// <summary>Trains and stores.</summary>
    public static TrainedModel Learn(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, string cacheDirectory, AnswerOptions options, IProgress<string>? progress, CancellationToken ct)
    {
        var path = PathOf(articles, intents, cacheDirectory, options);
        var model = Train(articles, intents, Classes(articles, intents), options, progress) with { Key = KeyOf(path) };
        ct.ThrowIfCancellationRequested();
        Directory.CreateDirectory(cacheDirectory);
        var aside = $"{path}.{Guid.NewGuid():N}.tmp";
        using (var writer = new BinaryWriter(File.Create(aside)))
        {
            model.Recognition.Intents.Write(writer);
            model.Recognition.Articles.Write(writer);
            model.Confidence.Write(writer);
            writer.Write(model.Threshold);
            writer.Write(FormatVersion);
        }

        File.Move(aside, path, overwrite: true);
        foreach (var old in Directory.EnumerateFiles(cacheDirectory, "understanding-*.bin").Where(file => Path.GetFileName(file) != Path.GetFileName(path)))
        {
            File.Delete(old);
        }

        return model;
    }

    private static IReadOnlyList<Intent> Classes(IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents) =>
        Recognition.AsClasses(articles, Recognition.Phrasings(intents));

    private static string PathOf(IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, string cacheDirectory, AnswerOptions options) =>
        Path.Combine(cacheDirectory, $"understanding-{Hash(articles, intents, options)}.bin");

    private static string KeyOf(string path) => Path.GetFileNameWithoutExtension(path);

    private static TrainedModel Train(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, IReadOnlyList<Intent> classes, AnswerOptions options, IProgress<string>? progress)
    {
        progress?.Report("Learning the intents");
        var recognition = new Recognition(IntentRecognizer.Train(intents, Recognition.Related(articles, intents)), IntentRecognizer.Train(classes, Recognition.Sentences(articles)));
        var fitted = ConfidenceTraining.Fit(articles, intents, recognition, options, progress);
        return new TrainedModel(recognition, fitted.Confidence, fitted.Threshold, "");
    }

    private static TrainedModel? TryRead(string path, IReadOnlyList<Intent> intents, IReadOnlyList<Intent> classes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            var recognition = new Recognition(IntentRecognizer.Read(reader, intents), IntentRecognizer.Read(reader, classes));
            var model = new TrainedModel(recognition, AnswerConfidence.Read(reader), reader.ReadDouble(), KeyOf(path));
            return reader.ReadInt32() == FormatVersion ? model : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or OverflowException)
        {
            // A file that was cut off or belongs to another version is as good as none.
            return null;
        }
    }

    private static string Hash(IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, AnswerOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        Add(FormattableString.Invariant(
            $"{FormatVersion} {IntentRecognizer.RecipeVersion} {AnswerConfidence.RecipeVersion} {options.UnanswerableShare} {options.WrongHeldOutShare}"));
        foreach (var article in articles)
        {
            Add($"article {article.Slug} {article.Questions.Count}");
            Add(article.Title);
            Add(article.Markdown);
            foreach (var question in article.Questions)
            {
                Add(question);
            }
        }

        foreach (var intent in intents)
        {
            Add($"intent {intent.Name} {intent.Articles.Count} {intent.Examples.Count}");
            Add(intent.Title);
            foreach (var text in intent.Articles.Concat(intent.Examples))
            {
                Add(text);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
