using System.Text.Json;
using SupportBot.Answers;
using Xunit;

namespace SupportBot.Tests.Answers;

public sealed class UnderstandingTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly SmallCompany _company = new();

    public void Dispose() => _company.Dispose();

    [Fact]
    public void A_sound_folder_becomes_a_bot_that_decides_the_same_from_its_cache()
    {
        string[] questions = ["where is my parcel", "how do i dry my tent", "hello", "can you fix my car", "a human please"];
        using var trained = Load();
        var before = questions.Select(q => trained.Decide(q, DialogueState.Start, Monday)).ToArray();
        using var cached = Load();
        var after = questions.Select(q => cached.Decide(q, DialogueState.Start, Monday)).ToArray();
        Assert.Equal(before.Select(d => (d.GetType(), d.ReasonCode, d.Text)), after.Select(d => (d.GetType(), d.ReasonCode, d.Text)));
        Assert.Equal(before.Select(d => d.Evidence.AnswerProbability), after.Select(d => d.Evidence.AnswerProbability));
        Assert.Equal(ReasonCode.AskedForHuman, after[^1].ReasonCode);
    }

    [Fact]
    public void The_cache_holds_one_index_and_the_latest_models()
    {
        Load().Dispose();
        var first = Directory.GetFiles(_company.Cache, "*.bin").Single();
        for (var i = 0; i < 12; i++)
        {
            File.Copy(first, Path.Combine(_company.Cache, $"understanding-{i}.bin"));
        }

        File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch);
        _company.Write("intents/greeting.yaml", File.ReadAllText(Path.Combine(_company.Folder, "intents/greeting.yaml")).Replace("hiya", "howdy"));
        Load().Dispose();

        var files = Directory.GetFiles(_company.Cache);
        Assert.Single(files, file => file.EndsWith(".db", StringComparison.Ordinal));
        Assert.Equal(12, files.Count(file => file.EndsWith(".bin", StringComparison.Ordinal)));
        Assert.DoesNotContain(first, files);
    }

    [Fact]
    public void A_broken_model_file_is_trained_again()
    {
        Load().Dispose();
        File.WriteAllBytes(Directory.GetFiles(_company.Cache, "*.bin").Single(), [1, 0, 0, 0, 7]);
        using var again = Load();
        Assert.Equal(ReasonCode.AskedForHuman, again.Decide("Talk to a person", DialogueState.Start, Monday).ReasonCode);
    }

    [Fact]
    public void Problems_of_all_files_are_told_together_and_nothing_is_loaded()
    {
        _company.Write("articles/extra.md", "no front matter");
        _company.Write("intents/wrong.yaml", "name: right\ntitle: T\narticles: [nowhere]\nexamples: [where is my parcel]\nworkflow: { answer: perhaps }\n");
        _company.Write("evaluation/questions.yaml", "questions:\n  - { text: hi, intent: nothing, article: null }\n");
        var load = Understanding.Load(_company.Folder, _company.Cache);
        Assert.Null(load.Value);
        Assert.Equal(
            ["articles/extra.md", "evaluation/questions.yaml", "intents/wrong.yaml"], load.Problems.Select(p => p.File).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(load.Problems, p => p.Message.Contains("no article 'nowhere'", StringComparison.Ordinal) && p.Line == 3);
        Assert.Contains(load.Problems, p => p.Message.Contains("is also in intents/track_order.yaml", StringComparison.Ordinal));
        Assert.Contains(load.Problems, p => p.Message.Contains("differs from the file's name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_folder_is_a_problem_and_no_crash() =>
        Assert.NotEmpty(Understanding.Load(Path.Combine(_company.Root, "nowhere"), _company.Cache).Problems);

    [Fact]
    public void A_reading_offered_can_be_chosen_by_its_button_its_place_or_its_words()
    {
        ReplyOption[] offered = [new("Track an order", "Track an order", "track_order"), new("Tent care", "Tent care", "tent_care")];
        var state = DialogueState.Start with { Question = "my tent thing", Offered = offered };
        using var understanding = Load();
        foreach (var reply in new[] { "Tent care", "the second one", "2", "tent" })
        {
            var answer = Assert.IsType<Decision.Answer>(understanding.Decide(reply, state, Monday));
            Assert.Equal((ReasonCode.ReadingChosen, "tent-care"), (answer.ReasonCode, answer.Citations[0].Slug));
        }
    }

    [Fact]
    public void The_state_of_a_dialogue_survives_json()
    {
        var state = new DialogueState
        {
            Intent = "x",
            Question = "q",
            AskedSlot = "s",
            Repeats = 1,
            Skipped = ["t"],
            TicketWanted = true,
            LastArticle = "a",
            Unanswered = 2,
            Fields = new Dictionary<string, string> { ["f"] = "v" },
            Offered = [new ReplyOption("T", "V", "i", null)],
        };
        var json = JsonSerializer.Serialize(state);
        var read = JsonSerializer.Deserialize<DialogueState>(json);
        Assert.Equal(json, JsonSerializer.Serialize(read));
        Assert.Equal("v", read!.Fields["f"]);
        Assert.Equal(state.Offered, read.Offered);
    }

    [Fact]
    public void The_evaluation_counts_what_was_decided()
    {
        _company.Write(
            "evaluation/questions.yaml",
            """
            questions:
              - { text: "where is my parcel", intent: track_order, article: tracking }
              - { text: "my stove arrived broken", intent: damaged_item, article: null }
              - { text: "hello", intent: greeting, article: null }
              - { text: "how to dry a tent", intent: track_order, article: tent-care }
            """);
        using var understanding = Load();
        var result = Evaluation.Run(understanding, Monday, TimeProvider.System);
        Assert.Equal(4, result.Questions);
        Assert.Equal(0.75, result.IntentAccuracy);
        Assert.Equal(1, result.TopArticleRight);
        Assert.Equal(1, result.UnanswerableEscalated);
        Assert.Equal("track_order", Assert.Single(result.Misses, m => m.Problem == "intent").Expected);
        Assert.InRange(result.Ece!.Value, 0, 1);
    }

    private Understanding Load()
    {
        var load = Understanding.Load(_company.Folder, _company.Cache);
        Assert.Empty(load.Problems);
        return load.Value!;
    }
}
