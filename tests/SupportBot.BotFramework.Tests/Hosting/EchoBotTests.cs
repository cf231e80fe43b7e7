using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SupportBot.BotFramework.Tests.Connector;
using SupportBot.BotFramework.Tests.Server;
using SupportBot.Tests.Running;

namespace SupportBot.BotFramework.Tests.Hosting;

/// <summary>The sample bot does what it promises, and is the one in the README.</summary>
public class EchoBotTests(EchoBotProgram bot) : IClassFixture<EchoBotProgram>
{
    [Theory]
    [InlineData(null, "Welcome")]
    [InlineData("en-US", "Welcome")]
    [InlineData("zh-CN", "欢迎")]
    public async Task It_greets_in_the_language_that_was_asked_for(string? locale, string greeting)
    {
        var conversation = await StartAsync(locale);

        (await ActivitiesAsync(conversation, 1)).ShouldHaveSingleItem().GetProperty("text").GetString().ShouldBe(greeting);
    }

    [Fact]
    public async Task It_says_again_what_was_said_and_shows_what_it_got()
    {
        var conversation = await StartAsync(null);
        await SendAsync(HttpMethod.Post, $"{conversation}/activities", new { type = "message", text = "hello", value = 5 });

        var echo = (await ActivitiesAsync(conversation, 3))[2];

        echo.GetProperty("text").GetString().ShouldBe("hello");
        var original = echo.GetProperty("channelData").GetProperty("originalActivity");
        original.GetProperty("text").GetString().ShouldBe("hello");
        original.GetProperty("value").GetInt32().ShouldBe(5);
        original.GetProperty("id").GetString().ShouldBe(echo.GetProperty("replyToId").GetString());
    }

    [Fact]
    public async Task It_answers_an_emulator_on_this_machine()
    {
        await using var channel = await ChannelServer.StartAsync();

        var answer = await bot.Http.PostAsJsonAsync("/api/messages", new
        {
            type = "message",
            id = "in-1",
            text = "hello",
            channelId = "emulator",
            serviceUrl = channel.ServiceUrl,
            from = new { id = "user" },
            recipient = new { id = "bot" },
            conversation = new { id = "c1" },
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Waiting.UntilAsync(() => channel.Requests.Count == 1);
        channel.Requests[0].Path.ShouldBe("/teams/v3/conversations/c1/activities/in-1");
        channel.Requests[0].Json.GetProperty("text").GetString().ShouldBe("hello");
    }

    [Fact]
    public async Task It_is_short_and_the_readme_shows_it_as_it_is()
    {
        var sample = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "SupportBot.EchoBot", "Program.cs"));
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "SupportBot.BotFramework", "README.md"));

        sample.TrimEnd().Split('\n').Length.ShouldBeLessThan(30);
        readme.ShouldContain($"```csharp\n{sample.TrimEnd()}\n```\n");
    }

    private async Task<string> StartAsync(string? locale)
    {
        var started = await SendAsync(HttpMethod.Post, "", new { user = new { id = "u_test" }, locale });
        started.StatusCode.ShouldBe(HttpStatusCode.Created);
        return $"/{(await started.JsonAsync()).GetProperty("conversationId").GetString()}";
    }

    private async Task<List<JsonElement>> ActivitiesAsync(string conversation, int count)
    {
        List<JsonElement> activities = [];
        for (var tries = 0; activities.Count < count && tries < 2000; tries++)
        {
            var set = await (await SendAsync(HttpMethod.Get, $"{conversation}/activities", null)).JsonAsync();
            activities = [.. set.GetProperty("activities").EnumerateArray()];
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return activities;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/v3/directline/conversations{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a secret");
        return await bot.Http.SendAsync(request);
    }
}
