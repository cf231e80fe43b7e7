using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.BrowserTests.Browsing;
using SupportBot.Tests.Peers;
using static Microsoft.Playwright.Assertions;

namespace SupportBot.BrowserTests.WebChat;

/// <summary>The official Web Chat, unmodified: what a company sees that has it on its pages already.</summary>
public sealed class WebChatStory(SharedBrowser shared) : WebChatTest(shared)
{
    [Fact]
    public async Task A_cited_answer_a_thumb_and_a_suggested_action()
    {
        var visitor = await VisitorAsync();
        var chat = await OpenAsync(visitor);

        await chat.SayAsync("How long do I have to return something?");
        await Expect(chat.Bubbles).ToHaveCountAsync(3);
        await SourceOpensAsync(chat);
        await chat.Like.ClickAsync();
        await IsLikedAsync(visitor);
        await ScreenshotAsync(chat, "web-chat-answer");

        await chat.Suggestions.Filter(new() { HasText = "That solved it" }).ClickAsync();
        await Expect(chat.Bubbles.Nth(3)).ToHaveTextAsync("That solved it");
        await Expect(chat.Bubbles).ToHaveCountAsync(5);
        await Expect(chat.Suggestions).ToHaveCountAsync(0);
        await chat.EverythingIsSentAsync();
    }

    private static async Task SourceOpensAsync(WebChatPage chat)
    {
        var title = await chat.Sources.InnerTextAsync();
        var help = await chat.Page.Context.RunAndWaitForPageAsync(() => chat.Sources.ClickAsync());
        await Expect(help.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title.Split('\n')[^1].Trim());
        await help.CloseAsync();
    }

    /// <summary>The thumb has arrived, and is known to judge the answer.</summary>
    private async Task IsLikedAsync(Customer visitor)
    {
        await using var db = await Service.DatabaseAsync();
        var thumb = await Eventually.GetAsync(() => db.Feedback.FirstOrDefaultAsync(f => f.ConversationId == visitor.ConversationId), "the thumb");
        thumb.Liked.ShouldBeTrue();
        var answer = (await visitor.ReadAsync()).Single(a => a["entities"]?.AsArray().Any(e => e!["citation"] is not null) == true);
        thumb.AnswerSequence.ShouldBe((long)answer["channelData"]!["webchat:sequence-id"]!);
    }

    [Fact]
    public async Task An_answer_is_seen_while_it_is_written_and_stays_in_its_place()
    {
        var visitor = await VisitorAsync();
        var chat = await OpenAsync(visitor);

        var stream = Signals.PublishEphemeral(visitor.ConversationId, LiveStream.Part("Your order", 1, null));
        await Expect(chat.Bubbles.Last).ToHaveTextAsync("Your order");
        Signals.PublishEphemeral(visitor.ConversationId, LiveStream.Part("Your order is on its", 2, stream));
        await Expect(chat.Bubbles.Last).ToHaveTextAsync("Your order is on its");
        await SayAsync(visitor, LiveStream.Final(Activity.Message("Your order is on its way."), stream));

        await Expect(chat.Bubbles.Last).ToHaveTextAsync("Your order is on its way.");
        await Expect(chat.Bubbles).ToHaveCountAsync(2);
        await ReloadAsync(chat, visitor);
        await Expect(chat.Bubbles.Last).ToHaveTextAsync("Your order is on its way.");
        await Expect(chat.Bubbles).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_line_that_is_cut_again_and_again_costs_nothing_and_a_reload_shows_it_all()
    {
        await using var line = new CuttableLine(Service.BaseAddress);
        var visitor = await VisitorAsync();
        var chat = await OpenAsync(visitor, line.Address);

        for (var cut = 1; cut <= 5; cut++)
        {
            var streams = line.Streams;
            line.Cut();
            await SayAsync(visitor, Activity.Message($"Written while the line was cut, {cut}."));
            await chat.SayAsync($"Said after cut {cut}.");
            await Eventually.HoldsAsync(() => Task.FromResult(line.Streams > streams), "a new stream");
        }

        await chat.EverythingIsSentAsync();
        await Expect(chat.Connection).ToHaveTextAsync("Connectivity Status: Connected");
        var told = await TextsAsync(visitor);
        await Expect(chat.Bubbles).ToHaveTextAsync(told);
        told.Count(t => t.StartsWith("Said after cut", StringComparison.Ordinal)).ShouldBe(5);

        await ReloadAsync(chat, visitor, line.Address);
        await Expect(chat.Bubbles).ToHaveTextAsync(told);
        await chat.EverythingIsSentAsync();
    }

    [Fact]
    public async Task A_picture_is_uploaded_and_shown()
    {
        var visitor = await VisitorAsync();
        var chat = await OpenAsync(visitor);
        var picture = await chat.Page.ScreenshotAsync();

        await chat.UploadAsync(new FilePayload { Name = "Zelt mit Löchern.png", MimeType = "image/png", Buffer = picture });

        var image = chat.Bubbles.GetByRole(AriaRole.Img).First;
        await Expect(image).ToBeVisibleAsync();
        await chat.EverythingIsSentAsync();

        await ReloadAsync(chat, visitor);
        await Expect(image).ToBeVisibleAsync();
        await chat.EverythingIsSentAsync();
        (await image.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)")).ShouldBeGreaterThan(0);
        var kept = (await visitor.ReadAsync()).Single(a => a["attachments"] is not null)["attachments"]!.AsArray().Single()!;
        ((string?)kept["name"]).ShouldBe("Zelt mit Löchern.png");
        (await Service.Http.GetByteArrayAsync((string)kept["contentUrl"]!)).ShouldBe(picture);
        await ScreenshotAsync(chat, "web-chat-upload");
    }

    /// <summary>What is kept of the conversation, as Web Chat sets it.</summary>
    private static async Task<List<string>> TextsAsync(Customer visitor) =>
        [.. (await visitor.ReadAsync()).Where(a => (string?)a["type"] == ActivityTypes.Message).Select(a => ((string)a["text"]!).Replace('\'', '’'))];

    private static Task ScreenshotAsync(WebChatPage chat, string name) => chat.Page.ScreenshotAsync(
        new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}.png") });
}
