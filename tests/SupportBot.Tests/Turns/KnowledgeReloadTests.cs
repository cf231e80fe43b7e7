using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Turns;

public sealed class KnowledgeReloadTests
{
    [Fact]
    public async Task A_changed_article_is_in_force_without_a_restart_and_a_broken_file_changes_nothing()
    {
        var company = Directory.CreateTempSubdirectory("supportbot-company-").FullName;
        CopyFolder(Service.SampleCompany, company);
        await using var service = await Service.StartAsync(knowledge: company);
        var source = service.Services.GetRequiredService<UnderstandingSource>();
        var article = Path.Combine(company, "articles", "gift-cards.md");
        var text = await File.ReadAllTextAsync(article);

        await File.WriteAllTextAsync(article, text + "\n\n## Zebra stripes\n\nGift cards with zebra stripes cost EUR 77 extra.\n");
        await Eventually.HoldsAsync(() => Task.FromResult(source.Current.Article("gift-cards")!.Markdown.Contains("zebra")), "the change", seconds: 240);
        (await service.Http.GetStringAsync("/help/gift-cards")).ShouldContain("zebra stripes cost EUR 77");

        var good = source.Current;
        await File.WriteAllTextAsync(Path.Combine(company, "intents", "greeting.yaml"), "name: greeting\ntitle: [broken");
        source.Load(null).ShouldContain(p => p.ToString().StartsWith("intents/greeting.yaml:3:"));
        source.Current.ShouldBeSameAs(good);
        await (await service.CustomerAsync()).AskAsync("How long is a gift card valid?");
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
