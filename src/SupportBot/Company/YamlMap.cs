using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SupportBot.Company;

/// <summary>
/// A YAML mapping read key by key. Each room asks for the keys it knows; <see cref="ReportUnknownKeys"/> afterwards names those
/// that nobody asked for. Reading works on nodes rather than on objects because only nodes know their lines.
/// </summary>
public sealed class YamlMap
{
    private readonly Dictionary<string, (int Line, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly FileProblems _problems;
    private readonly int _lineOffset;

    private YamlMap(string file, YamlMappingNode node, int lineOffset, FileProblems problems)
    {
        File = file;
        _problems = problems;
        _lineOffset = lineOffset;
        Line = LineOf(node);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                _entries.Add(name, (LineOf(key), value));
            }
            else
            {
                Report(LineOf(key), "a key is not a plain word", "write 'key: value'");
            }
        }
    }

    /// <summary>The file's path, for problems.</summary>
    public string File { get; }

    /// <summary>The line on which the mapping starts.</summary>
    public int Line { get; }

    /// <summary>Parses a document that must be one mapping; null (and a problem) when it is not.</summary>
    /// <param name="file">The file's path, for problems.</param>
    /// <param name="yaml">The YAML text.</param>
    /// <param name="lineOffset">Lines of the file that come before <paramref name="yaml"/>.</param>
    /// <param name="problems">Where problems go.</param>
    public static YamlMap? Parse(string file, string yaml, int lineOffset, FileProblems problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new YamlMap(file, root, lineOffset, problems);
            }

            problems.Add(file, lineOffset + 1, "the file is not one mapping of keys to values", "write 'key: value' lines");
        }
        catch (YamlException error)
        {
            problems.Add(file, lineOffset + (int)error.Start.Line, $"this is not valid YAML ({FirstLine(error.Message)})",
                "check indentation, quotes and colons; quote a text that holds ': ' or starts with a special character");
        }

        catch (InvalidOperationException)
        {
            // The scanner's own way of giving up on some unfinished texts, without a position.
            problems.Add(file, lineOffset + 1, "this is not valid YAML", "check for a bracket or a quote that is not closed");
        }

        return null;
    }

    /// <summary>Whether the key is there with a value other than null.</summary>
    public bool Has(string key)
    {
        _asked.Add(key);
        return _entries.TryGetValue(key, out var entry) && !IsNull(entry.Value);
    }

    /// <summary>Whether the key is there with a mapping below it.</summary>
    public bool HasMap(string key) => Has(key) && _entries[key].Value is YamlMappingNode;

    /// <summary>Whether the key is there with a list below it.</summary>
    public bool HasList(string key) => Has(key) && _entries[key].Value is YamlSequenceNode;

    /// <summary>All keys in their order, for mappings whose keys are names of one's own choice.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Keys];

    /// <summary>The line of a key, or of the mapping when it is missing.</summary>
    public int LineOfKey(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    /// <summary>Adds a problem at a key.</summary>
    public void Problem(string key, string message, string fix) => Report(LineOfKey(key), message, fix);

    /// <summary>A text that must be there and not be blank; empty, with a problem, when it is not.</summary>
    public string Required(string key)
    {
        if (Optional(key) is { } text)
        {
            return text;
        }

        if (!_entries.TryGetValue(key, out var entry) || IsNull(entry.Value))
        {
            Report(LineOfKey(key), $"'{key}' is missing", $"add '{key}: ...'");
        }

        return "";
    }

    /// <summary>A text, or null when the key is missing or null.</summary>
    public string? Optional(string key)
    {
        if (!Has(key))
        {
            return null;
        }

        if (_entries[key].Value is not YamlScalarNode { Value: { } text })
        {
            Problem(key, $"'{key}' is not a text", $"write '{key}: some text'");
            return "";
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            Problem(key, $"'{key}' is empty", "write a text or remove the key");
            return "";
        }

        return text.Trim();
    }

    /// <summary>A list of texts with their lines; empty when the key is missing and not required.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string key, bool required = true)
    {
        if (!Items(key, required, out var items))
        {
            return [];
        }

        var texts = new List<(string, int)>();
        foreach (var item in items)
        {
            if (item is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
            {
                texts.Add((text.Trim(), LineOf(item)));
            }
            else
            {
                Report(LineOf(item), $"an entry of '{key}' is not a text", "write '- some text' (in quotes when it holds ': ')");
            }
        }

        return texts;
    }

    /// <summary>A mapping under a key; null when missing.</summary>
    public YamlMap? Map(string key, bool required = true)
    {
        if (!Has(key))
        {
            if (required)
            {
                Problem(key, $"'{key}' is missing", $"add '{key}:' with its keys indented below");
            }

            return null;
        }

        if (_entries[key].Value is YamlMappingNode node)
        {
            return new YamlMap(File, node, _lineOffset, _problems);
        }

        Problem(key, $"'{key}' is not a mapping", $"write '{key}:' with its keys indented below");
        return null;
    }

    /// <summary>A list of mappings; empty when the key is missing and not required.</summary>
    public IReadOnlyList<YamlMap> Maps(string key, bool required = true)
    {
        if (!Items(key, required, out var items))
        {
            return [];
        }

        var maps = new List<YamlMap>();
        foreach (var item in items)
        {
            if (item is YamlMappingNode node)
            {
                maps.Add(new YamlMap(File, node, _lineOffset, _problems));
            }
            else
            {
                Report(LineOf(item), $"an entry of '{key}' is not a mapping", "write '- key: value'");
            }
        }

        return maps;
    }

    /// <summary>Names the keys that nobody asked for. Call it last.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var (key, (line, _)) in _entries)
        {
            if (!_asked.Contains(key))
            {
                Report(line, $"unknown key '{key}'", $"remove it, or use one of: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', '\r');

    private bool Items(string key, bool required, out IReadOnlyList<YamlNode> items)
    {
        items = [];
        if (!Has(key))
        {
            if (required)
            {
                Problem(key, $"'{key}' is missing", $"add '{key}:' with a list, or '{key}: []'");
            }

            return false;
        }

        if (_entries[key].Value is YamlSequenceNode sequence)
        {
            items = [.. sequence.Children];
            return true;
        }

        Problem(key, $"'{key}' is not a list", $"write '{key}:' with '- ...' lines below");
        return false;
    }

    private int LineOf(YamlNode node) => _lineOffset + (int)node.Start.Line;

    private void Report(int line, string message, string fix) => _problems.Add(File, line, message, fix);
}
