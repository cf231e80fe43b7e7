using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Hosting;
using SupportBot.Storage;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Production_refuses_to_start_with_demo_data_and_says_what_to_do()
    {
        var service = await Service.StartAsync();
        var data = await service.StopAsync();

        var problem = await Should.ThrowAsync<StartProblem>(() => Service.StartAsync(builder => builder.Environment.EnvironmentName = "Production", data));

        problem.Message.ShouldContain("demo");
        problem.Message.ShouldContain("--data");
    }

    [Fact]
    public async Task Production_starts_empty_and_its_first_admin_comes_from_the_command_line()
    {
        var data = Directory.CreateTempSubdirectory("supportbot-test-").FullName;
        await using (var scopeOwner = Program.Compose(new Folders(Service.SampleCompany, data), null))
        {
            await StorageSetup.MigrateAsync(scopeOwner.Services, CancellationToken.None);
            await using var scope = scopeOwner.Services.CreateAsyncScope();
            await AccountBook.AddAsync(scope.ServiceProvider, "boss@shop.example", "Boss", Roles.Admin, "a-long-password");
            (await Should.ThrowAsync<StartProblem>(() => AccountBook.AddAsync(scope.ServiceProvider, "boss@shop.example", "Boss", Roles.Admin, "a-long-password")))
                .Message.ShouldContain("already");
            (await Should.ThrowAsync<StartProblem>(() => AccountBook.AddAsync(scope.ServiceProvider, "other@shop.example", "Other", Roles.Agent, "short")))
                .Message.ShouldContain("12");
        }

        await using var service = await Service.StartAsync(builder => builder.Environment.EnvironmentName = "Production", data);

        using var admin = await Agent.SignInAsync(service.BaseAddress, "boss@shop.example", "a-long-password");
        (await admin.GetAsync("/api/reports/response-times")).IsSuccessStatusCode.ShouldBeTrue();
        await Should.ThrowAsync<HttpRequestException>(() => Agent.SignInAsync(service.BaseAddress, "agent@demo.test"));
    }

    [Theory]
    [InlineData("Storage:Provider", "Oracle", "Storage")]
    [InlineData("RateLimits:SignInsPerMinute", "0", "RateLimits:SignInsPerMinute")]
    [InlineData("RateLimits:SignInsPerMinuet", "5", "SignInsPerMinuet")]
    public void A_wrong_setting_stops_the_start_with_the_key_and_what_it_takes(string key, string value, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        var problem = Should.Throw<StartProblem>(() => key.StartsWith("Storage", StringComparison.Ordinal)
            ? configuration.Read<StorageOptions>("Storage")
            : (object)configuration.Read<RateLimitOptions>("RateLimits"));

        problem.Message.ShouldContain(named);
    }

    [Fact]
    public void Sql_server_without_a_connection_string_is_named() =>
        Should.Throw<StartProblem>(() => new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Provider", "SqlServer")]).Build().Read<StorageOptions>("Storage"))
            .Message.ShouldContain("Storage:ConnectionString");

    [Fact]
    public async Task A_restart_keeps_conversations_tokens_and_sign_ins()
    {
        var before = await Service.StartAsync();
        var customer = await before.CustomerAsync();
        await customer.AskAsync("How long do I have to return something?");
        var log = await customer.ReadAsync();
        var (id, token) = (customer.ConversationId, customer.Token);
        var data = await before.StopAsync();

        await using var after = await Service.StartAsync(data: data);

        var again = new Customer(after.Http, id, token);
        (await again.ReadAsync()).Select(a => a.ToJsonString()).ShouldBe(log.Select(a => a.ToJsonString()));
        await again.AskAsync("Do you deliver to Norway?");
    }
}
