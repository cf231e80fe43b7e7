using System.CommandLine;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Fanout;
using SupportBot.Benchmarks.Intents;
using SupportBot.Benchmarks.Messages;
using SupportBot.Benchmarks.Retrieval;
using SupportBot.Benchmarks.Sockets;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks;

/// <summary>The program's verbs.</summary>
public static class Program
{
    /// <summary>How long ending the processes may take after Ctrl+C.</summary>
    private static readonly TimeSpan CleaningUp = TimeSpan.FromSeconds(20);

    /// <returns>0; 1 when the figures do not count or a program did not start; 130 after Ctrl+C.</returns>
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Benchmarks of SupportBot. Run them in Release on a quiet machine.")
        {
            Alternating("turns", "Turns per second of SupportBot and of a Bot Builder echo bot, in alternating rounds", TurnsBenchmark.RunAsync),
            Alternating("messages", "Requests per second to /api/messages of an echo bot on our library and of one on Bot Builder, in alternating rounds", MessagesBenchmark.RunAsync),
            Sockets(),
            Fanout(),
            Intents(),
            Retrieval(),
            ServeDirectLineVerb(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = CleaningUp });
    }

    private static Command Alternating(string name, string description, Func<TurnsPlan, bool, CancellationToken, Task<int>> run)
    {
        var seconds = Number("--seconds", 10, 1, 600, "How long a round lasts");
        var rounds = Number("--rounds", 5, 1, 100, "How many pairs of rounds are measured");
        var conversations = Number("--conversations", 32, 1, 1000, "How many conversations go on at once");
        var json = Json();
        var command = new Command(name, description) { seconds, rounds, conversations, json };
        command.SetAction((parsed, ct) => run(
            new TurnsPlan(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(conversations)),
            parsed.GetValue(json),
            ct));
        return command;
    }

    private static Command Sockets()
    {
        var sockets = Number("--sockets", 5000, 1, 25_000, "How many sockets are open");
        var idle = Number("--idle", 20, 1, 600, "For how many seconds nothing happens before memory is read");
        var json = Json();
        var command = new Command("sockets", "Managed memory of the Direct Line server for each idle socket") { sockets, idle, json };
        command.SetAction((parsed, ct) => SocketsBenchmark.RunAsync(
            new SocketsPlan(parsed.GetValue(sockets), TimeSpan.FromSeconds(parsed.GetValue(idle))), parsed.GetValue(json), ct));
        return command;
    }

    private static Command Fanout()
    {
        var sockets = Number("--sockets", 1000, 1, 25_000, "How many sockets are open, each on a conversation of its own");
        var rounds = Number("--rounds", 20, 1, 1000, "How many messages are sent to all of them");
        var json = Json();
        var command = new Command("fanout", "Time from the log to the client when many conversations get a message at once") { sockets, rounds, json };
        command.SetAction((parsed, ct) => FanoutBenchmark.RunAsync(
            new FanoutPlan(parsed.GetValue(sockets), parsed.GetValue(rounds)), parsed.GetValue(json), ct));
        return command;
    }

    private static Command Retrieval()
    {
        var passages = Number("--passages", 10_000, 100, 1_000_000, "How many passages are generated");
        var json = Json();
        var command = new Command("retrieval", "Time of a search among many generated passages, and the memory they take") { passages, json };
        command.SetAction((parsed, ct) => RetrievalBenchmark.RunAsync(parsed.GetValue(passages), parsed.GetValue(json), ct));
        return command;
    }

    private static Command Intents()
    {
        var train = new Option<FileInfo>("--train") { Description = "Labelled messages to learn, {\"text\", \"intent\"} a line", Required = true };
        var test = new Option<FileInfo>("--test") { Description = "Labelled messages to test", Required = true };
        var json = Json();
        var command = new Command("intents", "Accuracy and time of understanding messages, of SupportBot and of npm's node-nlp") { train, test, json };
        command.SetAction((parsed, ct) => IntentsBenchmark.RunAsync(
            new IntentsPlan(parsed.GetRequiredValue(train), parsed.GetRequiredValue(test)), parsed.GetValue(json), ct));
        return command;
    }

    private static Command ServeDirectLineVerb()
    {
        var urls = new Option<string>("--urls") { Description = "Where it listens", Required = true };
        var command = new Command(ServeDirectLine.Verb, "The server that is measured; started by the program itself") { urls };
        command.Hidden = true;
        command.SetAction((parsed, ct) => ServeDirectLine.RunAsync(parsed.GetRequiredValue(urls), ct));
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object" };

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
