using Microsoft.Extensions.DependencyInjection;
using SupportBot.Hosting;
using SupportBot.Tests.Answers;
using SupportBot.Tests.Running;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets;

public sealed class RouteStory
{
    [Fact]
    public async Task Queues_go_to_the_systems_that_their_routes_name()
    {
        var (first, second) = (new FakeTicketSystem("first"), new FakeTicketSystem("second"));
        await using var service = await Service.StartAsync(builder =>
        {
            builder.Use(first).Use(second);
            builder.Services.AddSingleton(new TicketOptions { DefaultSystem = "first", Routes = { ["general"] = new TicketRouteOptions { System = "second", Queue = "Accounts" } } });
        });
        var customer = await service.CustomerAsync();

        await customer.ComplainAsync();

        await customer.WaitForAsync("FAKE-1");
        first.Tickets.ShouldBeEmpty();
        second.Tickets.ShouldHaveSingleItem().Queue.ShouldBe("Accounts");
    }

    [Fact]
    public async Task A_queue_that_the_system_does_not_have_stops_the_start_with_key_and_fix()
    {
        var problem = await Should.ThrowAsync<StartProblem>(() => Service.StartAsync(builder =>
        {
            builder.Use(new FakeTicketSystem());
            builder.Services.AddSingleton(new TicketOptions { Routes = { ["general"] = new TicketRouteOptions { Queue = "Nowhere" }, ["gone"] = new TicketRouteOptions() } });
        }));

        problem.Message.ShouldContain("Tickets:Routes:general:Queue: 'fake' has no queue 'Nowhere'; use one of: Orders and delivery");
        problem.Message.ShouldContain("Tickets:Routes:gone: the company has no queue 'gone'");
    }

    [Fact]
    public async Task A_system_that_is_down_at_the_start_does_not_stop_it()
    {
        await using var service = await Service.StartAsync(builder => builder.Use(new FakeTicketSystem { Down = true }));

        (await service.Http.GetStringAsync("/readyz")).ShouldContain("Degraded");
    }

    [Fact]
    public async Task A_queue_that_is_added_later_and_unknown_there_is_told_within_seconds()
    {
        using var small = new SmallCompany();
        await using var service = await Service.StartAsync(builder => builder.Use(new FakeTicketSystem()), knowledge: small.Folder);
        var company = Path.Combine(small.Folder, "company.yaml");
        await File.WriteAllTextAsync(company, (await File.ReadAllTextAsync(company, TestContext.Current.CancellationToken)).Replace("queues:\n", "queues:\n  - { name: press, title: Press office }\n"), TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(async () => (await service.Http.GetStringAsync("/readyz")).Contains("no queue 'Press office'"), "the mistake");
    }

    [Theory]
    [InlineData("Nothing", "https://x.example", "t", "Tickets:Systems:0:Type: there is no kind 'Nothing'")]
    [InlineData("Known", "http://x.example", "t", "Tickets:Systems:0:Url: use https")]
    [InlineData("Known", null, "t", "Tickets:Systems:0:Url: name the address")]
    [InlineData("Known", "https://x.example", null, "Tickets:Systems:0:Token: give the token")]
    public async Task A_system_that_cannot_be_made_stops_the_start_with_key_and_fix(string type, string? url, string? token, string expected)
    {
        var problem = await Should.ThrowAsync<StartProblem>(() => Service.StartAsync(builder =>
        {
            builder.Services.AddTicketSystem("Known", (options, _, _) => options.NeedUrl() is not null && options.NeedToken() is not null ? new FakeTicketSystem(options.Name) : null!);
            var system = new TicketSystemOptions { Name = "support", Type = type, Url = url is null ? null : new Uri(url), Token = token };
            builder.Services.AddSingleton(new TicketOptions { Systems = { system } });
        }));

        problem.Message.ShouldContain(expected);
    }
}
