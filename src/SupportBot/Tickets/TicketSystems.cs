using SupportBot.Company;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>A kind of ticketing system that the configuration can name; a connector brings one.</summary>
/// <param name="Name">As in <c>Tickets:Systems:0:Type</c>.</param>
/// <param name="Make">Makes one; throws <see cref="TicketSystemProblem"/> for settings that cannot be used.</param>
public sealed record TicketSystemType(string Name, Func<TicketSystemOptions, VendorHttp, TimeProvider, ITicketSystem> Make);

/// <summary>Where a ticket goes.</summary>
/// <param name="System">The system, by name.</param>
/// <param name="Queue">The queue, as that system names it.</param>
public sealed record TicketRoute(string System, string Queue);

/// <summary>The ticketing systems there are, and which queue goes to which.</summary>
public sealed class TicketSystems : IDisposable
{
    private readonly TicketOptions _options;
    private readonly CurrentCompany _company;
    private readonly Dictionary<string, ITicketSystem> _systems;
    private readonly Dictionary<string, TicketSystemOptions> _settings = new(StringComparer.Ordinal);
    private readonly List<HttpClient> _clients = [];
    private readonly string _default;

    /// <param name="options">The configuration.</param>
    /// <param name="types">The kinds of systems there are.</param>
    /// <param name="known">Systems that need no configuration; the last one is the default when none is configured.</param>
    /// <param name="company">Its queues.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="TicketSystemProblem">A system cannot be made from its settings.</exception>
    public TicketSystems(TicketOptions options, IEnumerable<TicketSystemType> types, IEnumerable<ITicketSystem> known, CurrentCompany company, TimeProvider time)
    {
        (_options, _company) = (options, company);
        _systems = known.ToDictionary(s => s.Name, StringComparer.Ordinal);
        _default = options.DefaultSystem ?? (options.Systems.Count > 0 ? options.Systems[0].Name : _systems.Keys.Last());
        var kinds = types.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.Systems.Count; i++)
        {
            var system = options.Systems[i];
            var section = $"Tickets:Systems:{i}";
            if (!kinds.TryGetValue(system.Type, out var kind))
            {
                throw new TicketSystemProblem($"{section}:Type", $"there is no kind '{system.Type}'; use one of: {string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal))}");
            }

            try
            {
                _systems[system.Name] = kind.Make(system, new VendorHttp(ClientFor(system), system.Name, time), time);
            }
            catch (TicketSystemProblem problem)
            {
                throw new TicketSystemProblem($"{section}:{problem.Key}", problem.Fix);
            }

            _settings[system.Name] = system;
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<ITicketSystem> All => _systems.Values;

    /// <summary>One by its name; null when the configuration no longer has it.</summary>
    public ITicketSystem? Find(string name) => _systems.GetValueOrDefault(name);

    /// <summary>How often a system is asked what has changed.</summary>
    public TimeSpan PollEvery(string name) => TimeSpan.FromSeconds(_settings.TryGetValue(name, out var system) ? system.PollSeconds : 5);

    /// <summary>Where a queue's tickets go.</summary>
    /// <param name="queue">The company's queue, by name.</param>
    public TicketRoute RouteOf(string queue)
    {
        var title = _company.Facts.Queues.FirstOrDefault(q => q.Name == queue)?.Title ?? queue;
        return _options.Routes.TryGetValue(queue, out var route)
            ? new TicketRoute(route.System ?? _default, route.Queue ?? title)
            : new TicketRoute(_default, title);
    }

    /// <summary>Each of the company's queues with where its tickets go, and the setting that says so.</summary>
    public IEnumerable<(string Key, TicketRoute Route)> Routes() =>
        _company.Facts.Queues.Select(q => ($"Tickets:Routes:{q.Name}:Queue", RouteOf(q.Name)));

    /// <summary>Queues with a route that the company does not have.</summary>
    public IEnumerable<string> StrayRoutes() => _options.Routes.Keys.Except(_company.Facts.Queues.Select(q => q.Name), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private HttpClient ClientFor(TicketSystemOptions system)
    {
        // A redirect would carry the token to wherever the other side says.
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = system.Url is null ? null : system.NeedUrl(),
            Timeout = TimeSpan.FromSeconds(system.TimeoutSeconds),
        };
        _clients.Add(client);
        return client;
    }
}
