using SupportBot.Answers.Evaluating;
using SupportBot.Hosting;
using SupportBot.Hosting.Evaluating;

namespace SupportBot.Tests.Evaluating;

/// <summary><c>evaluate intents</c> on a data set of four intents that is told apart by its nouns.</summary>
public sealed class IntentEvaluationTests : IDisposable
{
    private static readonly (string Intent, string[] Nouns)[] Topics =
    [
        ("buy_fruit", ["apple", "pear", "plum", "melon"]),
        ("feed_animal", ["horse", "donkey", "sheep", "goose"]),
        ("book_trip", ["train", "ferry", "flight", "tram"]),
        ("fix_tool", ["hammer", "drill", "wrench", "chisel"]),
    ];

    private static readonly string[] Frames = ["my {0} please", "what about the {0}", "i have a {0}", "tell me about a {0}", "the {0} now", "another {0} for me"];

    private readonly string _folder = Directory.CreateTempSubdirectory("supportbot-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Learnt_topics_are_recognised_and_strange_ones_score_lower()
    {
        var result = IntentEvaluation.Run([.. Rows(0, 1, 2, 3)], [], [.. Rows(4, 5), .. Strange("quasar", "violin")], TimeProvider.System);

        result.Rows.ShouldBe(36);
        result.Intents.ShouldBe(4);
        result.Accuracy.ShouldBe(1);
        result.MacroF1.ShouldBe(1);
        result.OosAuroc.ShouldNotBeNull().ShouldBeGreaterThan(0.9);
        result.TrainCpuSeconds.ShouldNotBeNull();
        result.ModelBytes.ShouldNotBeNull().ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Macro_f1_weighs_every_intent_the_same()
    {
        // Three apples are right; the one train is taken for an apple: F1 is 6/7 for fruit and 0 for trips.
        LabelledText[] test = [new("my apple please", "buy_fruit"), new("the pear now", "buy_fruit"), new("i have a plum", "buy_fruit"), new("what about the melon", "book_trip")];
        var result = IntentEvaluation.Run([.. Rows(0, 1, 2, 3, 4, 5)], [], test, TimeProvider.System);

        result.Accuracy.ShouldBe(0.75);
        result.MacroF1.ShouldNotBeNull().ShouldBe(3 / 7.0, 1e-9);
    }

    [Fact]
    public void The_threshold_comes_from_validation_so_that_a_twentieth_of_it_is_rejected()
    {
        LabelledText[] validate = [.. Rows(4)];
        var result = IntentEvaluation.Run([.. Rows(0, 1, 2, 3)], validate, validate, TimeProvider.System);

        result.FalseRejections.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(0.05);
        result.AccuracyAt5Frr.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.95);
        result.OosRecallAt5Frr.ShouldBeNull();
    }

    [Fact]
    public void Known_out_of_scope_messages_teach_what_is_out_of_scope()
    {
        LabelledText[] test = [.. Rows(4, 5), .. Strange("violin", "cello")];
        var without = IntentEvaluation.Run([.. Rows(0, 1, 2, 3)], [], test, TimeProvider.System);
        var with = IntentEvaluation.Run([.. Rows(0, 1, 2, 3), .. Strange("quasar", "pulsar")], [], test, TimeProvider.System);

        with.Accuracy.ShouldBe(without.Accuracy);
        with.OosAuroc.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(without.OosAuroc!.Value);
    }

    [Fact]
    public void Few_keeps_the_first_examples_of_an_intent_and_all_that_are_out_of_scope()
    {
        var few = IntentEvaluation.Few([.. Rows(0, 1), .. Strange("quasar")], 3);
        few.Where(r => r.Intent is not null).GroupBy(r => r.Intent).ShouldAllBe(g => g.Count() == 3);
        few.Count(r => r.Intent is null).ShouldBe(2);
    }

    [Fact]
    public void A_bad_line_is_named_with_its_file_and_number()
    {
        var path = Written("bad.jsonl", "{\"text\": \"fine\", \"intent\": null}", "{\"text\": \"no intent\"}", "", "not json", "{\"text\": \" \", \"intent\": \"a\"}", "[1]", "{\"text\": \"\\ud800\", \"intent\": \"a\"}");

        var lines = Should.Throw<StartProblem>(() => LabelledTextFile.ReadAll([path])).Message.Split(Environment.NewLine);

        lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe([$"{path}:2", $"{path}:4", $"{path}:5", $"{path}:6", $"{path}:7"]);
    }

    [Theory]
    [InlineData("accuracy=0.99", 0)]
    [InlineData("accuracy=1.01", 1)]
    [InlineData("modelBytes=100000000", 0)]
    [InlineData("modelBytes=10", 1)]
    [InlineData("oosAuroc=0.5", 1)]
    [InlineData("accurracy=0.5", 1)]
    [InlineData("accuracy", 1)]
    public async Task A_missed_or_wrong_floor_is_exit_code_1(string floor, int code)
    {
        var train = Written("train.jsonl", [.. Rows(0, 1, 2, 3).Select(Json)]);
        var test = Written("test.jsonl", [.. Rows(4).Select(Json)]);

        (await RunAsync("evaluate", "intents", "--train", train, "--test", test, "--json", "--floor", floor)).ShouldBe(code);
    }

    [Fact]
    public async Task A_missing_file_is_exit_code_1() => (await RunAsync("evaluate", "intents", "--train", Path.Combine(_folder, "none.jsonl"), "--test", Path.Combine(_folder, "none.jsonl"))).ShouldBe(1);

    private static Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, (_, _) => throw new InvalidOperationException("The company's files are not needed."));

    private static IEnumerable<LabelledText> Rows(params int[] frames) =>
        Topics.SelectMany(topic => frames.SelectMany(frame => topic.Nouns.Select(noun => new LabelledText(Frames[frame].Replace("{0}", noun), topic.Intent))));

    private static IEnumerable<LabelledText> Strange(params string[] nouns) =>
        nouns.SelectMany(noun => Frames[4..].Select(frame => new LabelledText(frame.Replace("{0}", noun), null)));

    private static string Json(LabelledText row) => System.Text.Json.JsonSerializer.Serialize(row, System.Text.Json.JsonSerializerOptions.Web);

    private string Written(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
