using System.Globalization;

namespace SupportBot.BrowserTests.Browsing;

/// <summary>The response times, as a manager sees them.</summary>
public sealed class ReportPage(IPage page)
{
    public static IReadOnlyList<string> Metrics { get; } = ["Bot first response", "Human first response", "Time to human", "Next response", "Resolution"];

    public IPage Page => page;

    public ILocator Card(string metric) => page.GetByRole(AriaRole.Region, new() { Name = metric, Exact = true });

    /// <summary>Reads the page anew.</summary>
    /// <returns>How many values each metric has.</returns>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync()
    {
        await page.ReloadAsync();
        var counts = new Dictionary<string, int>();
        foreach (var metric in Metrics)
        {
            var count = await Card(metric).GetByLabel("count", new() { Exact = true }).InnerTextAsync();
            counts[metric] = int.Parse(count, CultureInfo.InvariantCulture);
        }

        return counts;
    }
}
