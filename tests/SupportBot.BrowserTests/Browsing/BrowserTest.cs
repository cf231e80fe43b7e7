using System.Globalization;
using System.Text.RegularExpressions;

namespace SupportBot.BrowserTests.Browsing;

/// <summary>A service of one's own and people in front of pages. When the test fails, what each page showed is kept.</summary>
public abstract partial class BrowserTest(SharedBrowser shared) : IAsyncLifetime
{
    private readonly List<IPage> _pages = [];

    protected Service Service { get; set; } = null!;

    public virtual async ValueTask InitializeAsync() => Service = await Service.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await KeepPagesAsync();
        }

        foreach (var page in _pages)
        {
            await page.Context.DisposeAsync();
        }

        await Service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The service goes down, with the pages open.</summary>
    protected async Task<StoppedService> StopServiceAsync() => new(Service.BaseAddress, await Service.StopAsync());

    /// <summary>It comes back where it was, with the data it left.</summary>
    protected async Task StartAgainAsync(StoppedService stopped) =>
        Service = await Service.StartAsync(data: stopped.Data, address: stopped.Address);

    /// <summary>A customer in front of the shop.</summary>
    protected async Task<CustomerPage> CustomerAsync(Screen? screen = null)
    {
        var page = await PageAsync(screen);
        await page.GotoAsync("/");
        return new CustomerPage(page);
    }

    /// <param name="prepare">What is done to the page before it goes anywhere.</param>
    protected async Task<ConsolePage> AgentAsync(string email = "agent@demo.test", Screen? screen = null, Func<IPage, Task>? prepare = null)
    {
        var page = await PageAsync(screen);
        await (prepare?.Invoke(page) ?? Task.CompletedTask);
        var console = new ConsolePage(page);
        await console.SignInAsync("/console/", email);
        return console;
    }

    protected async Task<ReportPage> ManagerAsync(Screen? screen = null)
    {
        var page = await PageAsync(screen);
        await new ConsolePage(page).SignInAsync("/console/reports", "manager@demo.test");
        return new ReportPage(page);
    }

    protected async Task<IPage> PageAsync(Screen? screen = null)
    {
        var context = await shared.ContextAsync(Service.BaseAddress, screen ?? Screen.Desktop);
        var page = await context.NewPageAsync();
        _pages.Add(page);
        return page;
    }

    private async Task KeepPagesAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "failures")).FullName;
        var test = NotInFileNames().Replace(TestContext.Current.Test!.TestDisplayName, "_");
        for (var i = 0; i < _pages.Count; i++)
        {
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{test}-{i + 1}.png"));
            await _pages[i].ScreenshotAsync(new PageScreenshotOptions { Path = file });
            TestContext.Current.TestOutputHelper?.WriteLine($"What page {i + 1} ({_pages[i].Url}) showed: {file}");
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotInFileNames();

    protected sealed record StoppedService(Uri Address, string Data);
}
