using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Learning;
using SupportBot.Tests.Answers;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Learning;

/// <summary>A service of a small company with a customer, an agent and a manager, and what they do with what the bot learns.</summary>
public sealed class LearningSite : IAsyncDisposable
{
    /// <summary>Words that no file of the company holds, in enough wordings that a tenth of them can be held back.</summary>
    private static readonly string[] Openings =
    [
        "whereabouts of my consignment", "consignment whereabouts", "courier whereabouts", "any whereabouts for the consignment", "the whereabouts please",
        "consignment still en route", "is the consignment en route", "en route or not", "courier with my consignment", "whereabouts unknown",
    ];

    private static readonly string[] Endings = ["", "today", "kindly advise", "since Tuesday", "I wonder", "tell me", "urgently"];

    private LearningSite(SmallCompany company, Service service, Customer customer, Agent agent, HttpClient manager) =>
        (Company, Service, Customer, Agent, Manager) = (company, service, customer, agent, manager);

    public static IReadOnlyList<string> Wordings { get; } = [.. Openings.SelectMany(o => Endings.Select(e => $"{o} {e}".Trim()))];

    public static string LearntWording => Wordings.First(w => !LessonPlan.IsHeldBack(w));

    public SmallCompany Company { get; }

    public Service Service { get; private set; }

    public Customer Customer { get; }

    public Agent Agent { get; private set; }

    public HttpClient Manager { get; private set; }

    public UnderstandingSource Understanding => Service.Services.GetRequiredService<UnderstandingSource>();

    public static async Task<LearningSite> OpenAsync(Action<WebApplicationBuilder>? change = null)
    {
        var company = new SmallCompany();
        var service = await StartAsync(company, null, change);
        return new LearningSite(company, service, await service.CustomerAsync(), await service.AgentAsync(), await Agent.SignInAsync(service.BaseAddress, "manager@demo.test"));
    }

    /// <summary>Another process on the same data.</summary>
    public static Task<Service> StartAsync(SmallCompany company, string? data, Action<WebApplicationBuilder>? change = null) => Service.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(new LearningOptions { Automatic = false });
            change?.Invoke(builder);
        },
        data,
        company.Folder);

    public async Task RestartAsync()
    {
        await Agent.DisposeAsync();
        Manager.Dispose();
        Service = await StartAsync(Company, await Service.StopAsync());
        Agent = await Service.AgentAsync();
        Manager = await Agent.SignInAsync(Service.BaseAddress, "manager@demo.test");
    }

    /// <summary>The customer says something to a human, so that no answer of the bot gets between.</summary>
    /// <returns>The message's sequence.</returns>
    public async Task<long> SayAsync(string text) => Sequence(await Customer.SayAsync(text));

    /// <summary>An agent says what a message means.</summary>
    public async Task CorrectAsync(long sequence, string? intent)
    {
        using var response = await PutCorrectionAsync(sequence, intent is null ? new { noneOfThem = true } : new { intent });
        response.StatusCode.IsSuccess().ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PutCorrectionAsync(object sequence, object body, string? conversation = null) =>
        Agent.Http.PutAsJsonAsync($"/api/console/conversations/{conversation ?? Customer.ConversationId}/activities/{sequence}/intent", body);

    /// <summary>Every wording once, said by the customer and labelled by the agent.</summary>
    public async Task TeachWordingsAsync(string? intent)
    {
        await Customer.AskAsync("Talk to a person");
        foreach (var wording in Wordings)
        {
            await CorrectAsync(await SayAsync(wording), intent);
        }
    }

    /// <summary>A manager asks for a training and waits for its end.</summary>
    public async Task<string> TrainAsync()
    {
        using var asked = await Manager.PostAsync("/api/console/learning/training", null);
        asked.StatusCode.IsSuccess().ShouldBeTrue(await asked.Content.ReadAsStringAsync());
        return await OutcomeAsync();
    }

    public async Task<string> OutcomeAsync()
    {
        JsonNode? training = null;
        await Eventually.HoldsAsync(async () => (training = (await OverviewAsync())["training"]) is { } t && !(bool)t["running"]! && t["outcome"] is not null, "the end of the training", 120);
        return (string)training!["outcome"]!;
    }

    public async Task<JsonNode> OverviewAsync() => JsonNode.Parse(await Manager.GetStringAsync("/api/console/learning"))!;

    public async Task<JsonArray> LabelsAsync(string query = "") => JsonNode.Parse(await Manager.GetStringAsync($"/api/console/learning/labels?limit=100{query}"))!["items"]!.AsArray();

    /// <summary>What a text is read as by what is in force.</summary>
    public string? Read(string text) => Understanding.Current.Inquire(text) is { NoneOfThem: < 0.5, Top: { } top } ? top.Intent.Name : null;

    /// <summary>What the bot's reply to a new customer rests on, as agents see it.</summary>
    public async Task<JsonNode> EvidenceAsync(string question)
    {
        var customer = await Service.CustomerAsync();
        var reply = await customer.AskAsync(question);
        var page = await Agent.CallAsync("Watch", customer.ConversationId, 0);
        return page!["page"]!["items"]!.AsArray().Single(i => (string)i!["id"]! == (string)reply["id"]!)!["evidence"]!;
    }

    public Task SettledAsync() => Eventually.HoldsAsync(() => Task.FromResult(Understanding.IsSettled), "what is in force", 120);

    /// <summary>The sequence in an activity's id.</summary>
    public static long Sequence(string activityId) => long.Parse(activityId.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        Manager.Dispose();
        await Service.DisposeAsync();
        Company.Dispose();
    }
}
