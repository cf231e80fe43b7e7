using System.CommandLine;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks;

/// <summary>The program's verbs.</summary>
public static class Program
{
    /// <summary>How long ending the processes may take after Ctrl+C.</summary>
    private static readonly TimeSpan CleaningUp = TimeSpan.FromSeconds(20);

    /// <returns>0; 1 when a turn got no reply or a program did not start; 130 after Ctrl+C.</returns>
    public static Task<int> Main(string[] args)
    {
        var seconds = Number("--seconds", 10, 1, 600, "How long a round lasts");
        var rounds = Number("--rounds", 5, 1, 100, "How many pairs of rounds are measured");
        var conversations = Number("--conversations", 32, 1, 1000, "How many conversations go on at once");
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };

        var turns = new Command("turns", "Turns per second of SupportBot and of a Bot Builder echo bot, in alternating rounds") { seconds, rounds, conversations, json };
        turns.SetAction((parsed, ct) => TurnsBenchmark.RunAsync(
            new TurnsPlan(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(conversations)),
            parsed.GetValue(json),
            ct));

        var root = new RootCommand("Benchmarks of SupportBot. Run them in Release on a quiet machine.") { turns };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CleaningUp });
    }

    private static Option<int> Number(string name, int standard, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError($"{name} is from {least} to {most}.");
            }
        });
        return option;
    }
}
