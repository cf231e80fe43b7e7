using SupportBot.AgentConsole;
using SupportBot.Channels;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Hosting;
using SupportBot.Knowledge.AzureSearch;
using SupportBot.Learning;
using SupportBot.Lookups;
using SupportBot.Mail;
using SupportBot.Outbox;
using SupportBot.Models;
using SupportBot.Reports;
using SupportBot.Storage;
using SupportBot.Tickets;
using SupportBot.Turns;

namespace SupportBot;

/// <summary>The service's table of contents.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, (folders, urls) => Compose(folders, urls));

    /// <param name="urls">Addresses to listen on, or null for what is configured.</param>
    /// <param name="change">A host's own changes, such as another clock.</param>
    public static WebApplication Compose(Folders folders, string? urls, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (urls is not null)
        {
            builder.Configuration["Urls"] = urls;
        }

        // What verbs print is for their callers; what is logged goes beside it.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var services = builder.Services;
        services.AddSingleton(folders.Create()).AddSingleton(TimeProvider.System);
        services.AddHttpBasics(builder.WebHost, folders);
        var storage = builder.Configuration.Read<StorageOptions>("Storage");
        services.AddStorage(storage, folders.Database);
        services.AddSignIn();
        services.AddRateLimits(builder.Configuration.Read<RateLimitOptions>("RateLimits"));

        // Conversations and their channel
        services.AddSingleton<Instance>().AddSingleton<LiveEvents>().AddSingleton<RecentActivities>().AddSingleton<ConversationLog>();
        services.AddSingleton<IActivityLog>(provider => provider.GetRequiredService<ConversationLog>());
        services.AddSingleton<IDirectLineSites, StoredSites>().AddSingleton<IDirectLineKeys, StoredKeys>();
        services.AddSingleton(builder.Configuration.ReadSigningKeys());
        services.AddDirectLine(o => o.UploadFolder = folders.Uploads).BindConfiguration("DirectLine");
        services.AddSingleton(builder.Configuration.Read<PublicOptions>("Public")).AddSingleton<PublicAddress>();
        services.AddConnector(o => o.AcknowledgeFirst = false).Bind(builder.Configuration).BindConfiguration("Connector");
        services.AddSingleton<IBot, ChannelBot>().AddSingleton<AwaitedReplies>().AddSingleton<IOutboxEffect, ChannelDelivery>();
        if (storage.Provider == StorageProvider.SqlServer)
        {
            services.AddHostedService<ReplicaTail>();
        }

        // Understanding
        services.AddSingleton<CurrentCompany>().AddSingleton(new KnowledgeFolders(folders.Knowledge, folders.Cache)).AddSingleton<UnderstandingSource>();
        services.AddHostedService(provider => provider.GetRequiredService<UnderstandingSource>());
        services.AddAzureSearch(builder.Configuration.Read<AzureSearchOptions>(AzureSearchOptions.Section)).AddSingleton<SearchEngines>().AddHostedService<SearchUpkeep>();

        // Turns and what follows from them
        services.AddModelAnswers(builder.Configuration.Read<ModelOptions>("Answers:Model")).AddSingleton<WordedAnswers>();
        services.AddLookups(builder.Configuration.Read<LookupOptions>("Workflows"));
        services.AddSingleton<Erasure>().AddSingleton<Replay>().AddSingleton<TurnQueue>().AddSingleton<Deciding>().AddSingleton<IOutboxEffect, FollowUps>().AddSingleton<IOutboxEffect, TicketFollowUps>().AddSingleton<TurnRunner>().AddHostedService<TurnWorkers>();
        services.AddSingleton(builder.Configuration.Read<HandoffOptions>("Handoff")).AddSingleton<HandoffHub>().AddSingleton<HandoffDesk>();
        services.AddTickets(builder.Configuration.Read<TicketOptions>("Tickets"));
        services.AddSingleton(builder.Configuration.Read<MailOptions>("Mail")).AddSingleton<ReplyMail>();
        services.AddSingleton<IOutboxEffect>(provider => provider.GetRequiredService<ReplyMail>());
        services.AddSingleton<OutboxBell>().AddSingleton<OutboxTargets>().AddHostedService<OutboxDispatcher>();

        // Learning from what agents and customers say
        services.AddSingleton(builder.Configuration.Read<LearningOptions>("Learning")).AddSingleton<LabelDesk>().AddSingleton<LabelBook>().AddSingleton<Versions>();
        services.AddSingleton<FeedbackLabels>().AddSingleton<Trainer>().AddHostedService<LearningWorkers>();

        // Console and reports
        services.AddSignalR();
        services.AddSingleton<Inbox>().AddSingleton<ConversationWatch>().AddHostedService<Broadcaster>();
        services.AddSingleton<ResponseTimeReport>().AddSingleton<WorkflowReport>();

        change?.Invoke(builder);
        var app = builder.Build();
        app.UseHttpBasics();
        app.MapDirectLine("/v3/directline");
        app.MapConnector();
        app.MapWidget();
        app.MapHelpPages();
        app.MapSignIn();
        app.MapConsoleApi();
        app.MapLabels(Policies.Console);
        app.MapLearning(Policies.Reports);
        app.MapConsolePage();
        app.MapTicketStore();
        app.MapTicketWebhooks();
        app.MapBacklog();
        app.MapErasure(Policies.Reports);
        app.MapReports(Policies.Reports);
        app.MapWorkflowReport(Policies.Reports);
        app.MapHealth();
        if (app.Environment.IsDevelopment())
        {
            app.MapDemoOrders();
        }

        app.MapOpenApi();
        return app;
    }
}
