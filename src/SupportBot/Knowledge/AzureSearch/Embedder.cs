using OpenAI.Embeddings;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>Turns texts into vectors, when a model for it is configured.</summary>
internal sealed class Embedder(EmbeddingOptions options, EmbeddingClient? client)
{
    /// <summary>Servers of one's own take few texts at once.</summary>
    private const int AtOnce = 64;

    /// <summary>Whether there are vectors.</summary>
    public bool IsOn => client is not null;

    /// <summary>Names what the vectors are made with; empty without.</summary>
    public string Fingerprint => options.Fingerprint;

    /// <summary>A vector for each text, in order; null without a model.</summary>
    /// <exception cref="SearchProblem">The model's vectors have other dimensions than the settings say.</exception>
    public async Task<IReadOnlyList<float[]>?> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        if (client is null)
        {
            return null;
        }

        var vectors = new List<float[]>(texts.Count);
        foreach (var some in texts.Chunk(AtOnce))
        {
            var answer = await client.GenerateEmbeddingsAsync(some, new EmbeddingGenerationOptions(), ct);
            vectors.AddRange(answer.Value.OrderBy(e => e.Index).Select(e => e.ToFloats().ToArray()));
        }

        if (vectors.Count != texts.Count || vectors.Exists(v => v.Length != options.Dimensions))
        {
            throw new SearchProblem($"{AzureSearchOptions.Section}:Embeddings:Dimensions: {options.Model} gives vectors of {vectors.FirstOrDefault()?.Length ?? 0} numbers, not of {options.Dimensions}.");
        }

        return vectors;
    }
}
