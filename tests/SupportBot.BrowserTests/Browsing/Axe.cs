using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace SupportBot.BrowserTests.Browsing;

/// <summary>Looks for what WCAG 2.2 AA forbids, as far as a program can see it.</summary>
public static class Axe
{
    private static readonly AxeRunOptions WcagAa = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <returns>What is wrong, a line each: the rule, the element, and what axe says about it.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        var result = await page.RunAxe(WcagAa);
        result.Passes.ShouldNotBeEmpty();
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Target} {n.Html}: {string.Join("; ", n.Any.Concat(n.All).Concat(n.None).Select(c => c.Message))}"))];
    }
}
