using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SupportBot.Company;
using SupportBot.Knowledge;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>The engine by itself, and articles for it.</summary>
internal static class Engine
{
    public static AzurePassages Of(FakeSearchServer server, AzureSearchOptions? options = null, IMeterFactory? meters = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(server.Access);
        if (meters is not null)
        {
            services.AddSingleton(meters);
        }

        return services.AddAzureSearch(options ?? server.Options).BuildServiceProvider().GetRequiredService<AzurePassages>();
    }

    public static KnowledgeContent Content(params Article[] articles)
    {
        var texts = string.Join('|', articles.Select(a => $"{a.Locale}/{a.Slug}/{a.Markdown}").Order(StringComparer.Ordinal));
        return new KnowledgeContent(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts))), articles);
    }

    public static Article Article(string slug, string text, string locale = "en", string? title = null) => new(
        slug, title ?? slug, [], Audience.Customers, locale, new LocalDate(2026, 1, 1), text, [new Passage(slug, 0, [], [new Sentence(text, SentenceKind.Prose, 0)])]);

    public static Article[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Article($"article-{i}", $"Answer number {i} about thing{i}."))];

    public static PassageQuery Query(string text, KnowledgeContent content, int limit = 40) => new(text, limit, content.Hash);

    public static Task<UploadResult?> BringAsync(this AzurePassages engine, KnowledgeContent content) => engine.BringAsync(content, takeOver: false, null, CancellationToken.None);

    public static async Task<string[]?> FindAsync(this AzurePassages engine, string text, KnowledgeContent content) =>
        (await engine.FindAsync(Query(text, content), CancellationToken.None))?.Select(f => f.Slug).ToArray();
}
