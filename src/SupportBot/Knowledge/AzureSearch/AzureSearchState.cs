namespace SupportBot.Knowledge.AzureSearch;

/// <summary>How the search service stands, in a sentence; a change of a running service is logged once. Thread-safe.</summary>
public sealed partial class AzureSearchState
{
    private readonly AzureSearchOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _changing = new();

    private (Standing Standing, string Sentence) _now;

    internal AzureSearchState(AzureSearchOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _now = (Standing.Unknown, $"{options} has not been asked yet; {Instead}");
    }

    private enum Standing
    {
        Unknown,
        Answers,
        IsUpdating,
        IsOther,
        Fails,
    }

    /// <summary>What answers while the service does not.</summary>
    private const string Instead = "the embedded index answers";

    /// <summary>Whether changes are logged, as those of a running service are; a verb of the command line says itself what it does.</summary>
    public bool IsLogged { get; set; }

    /// <summary>Whether questions go to the service.</summary>
    public bool IsAnswering => Read().Standing == Standing.Answers;

    /// <summary>The state in a sentence, for people.</summary>
    public string Sentence => Read().Sentence;

    internal void Answers() => Change(Standing.Answers, $"{_options} answers.", LogLevel.Information);

    internal void IsUpdating() => Change(Standing.IsUpdating, $"The articles are being brought to {_options}; {Instead} until they are.", LogLevel.Information);

    /// <param name="isComing">Whether another process is just bringing them.</param>
    internal void IsOther(bool isComing) => Change(
        Standing.IsOther,
        isComing ? $"Another process is bringing articles to {_options}; {Instead} until then." : $"The {_options} does not hold the articles in force; {Instead}.",
        LogLevel.Warning);

    internal void Fails(SearchProblem problem) => Change(Standing.Fails, $"{problem.Message.TrimEnd('.')}; {Instead}.", LogLevel.Warning);

    private (Standing Standing, string Sentence) Read()
    {
        lock (_changing)
        {
            return _now;
        }
    }

    private void Change(Standing standing, string sentence, LogLevel level)
    {
        lock (_changing)
        {
            if (_now.Standing == standing)
            {
                _now.Sentence = sentence;
                return;
            }

            _now = (standing, sentence);
        }

        if (IsLogged)
        {
            LogChange(level, sentence);
        }
    }

    [LoggerMessage(Message = "Azure AI Search: {Sentence}")]
    private partial void LogChange(LogLevel level, string sentence);
}
