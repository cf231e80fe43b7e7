using SupportBot.BrowserTests.Browsing;

[assembly: AssemblyFixture(typeof(SharedBrowser))]

// Every test drives a service and up to three pages: two at once would only make both slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SupportBot.BrowserTests.Browsing;

/// <summary>One browser for all tests; each test has contexts (profiles) of its own.</summary>
public sealed class SharedBrowser : IAsyncLifetime
{
    /// <summary>Ends a test that has failed. Nothing waits for it otherwise.</summary>
    private const float LimitMs = 60_000;

    private IPlaywright? _playwright;

    private IBrowser? _browser;

    public IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(LimitMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    public async Task<IBrowserContext> ContextAsync(Uri service, Screen screen)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = service.ToString(),
            Locale = "en-IE",
            TimezoneId = "Europe/Dublin",
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(LimitMs);
        return context;
    }
}

/// <param name="Width">CSS pixels, as is the height.</param>
public sealed record Screen(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static Screen Desktop { get; } = new("desktop-light", 1280, 800, ColorScheme.Light);

    public static IReadOnlyList<Screen> All { get; } =
    [
        Desktop,
        new("desktop-dark", 1280, 800, ColorScheme.Dark),
        new("phone-light", 390, 844, ColorScheme.Light),
        new("phone-dark", 390, 844, ColorScheme.Dark),
    ];
}
