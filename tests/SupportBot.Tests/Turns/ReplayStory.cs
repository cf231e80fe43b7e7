using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Turns;

/// <summary>Past conversations once more, with other files.</summary>
public sealed class ReplayStory
{
    [Fact]
    public async Task The_same_files_change_nothing_and_an_article_that_is_gone_shows_what_it_answered()
    {
        var service = await Service.StartAsync();
        var customer = await service.CustomerAsync();
        await customer.AskAsync("How long do I have to return something?");
        await customer.AskAsync("What does delivery cost?");
        (await service.Services.GetRequiredService<Replay>().RunAsync(10, CancellationToken.None))
            .ShouldSatisfyAllConditions(r => r.Messages.ShouldBe(2), r => r.Same.ShouldBe(2), r => r.Changes.ShouldBeEmpty());
        await ClaimAnotherArticleAsync(service, customer.ConversationId);
        await using (service)
        {
            var result = await service.Services.GetRequiredService<Replay>().RunAsync(10, CancellationToken.None);

            var change = result.Changes.ShouldHaveSingleItem();
            change.Before.Article.ShouldBe("an-article-that-is-gone");
            change.After.Action.ShouldBe("answered");
            change.Verdict.ShouldBe("worse");
            change.Text.ShouldBe("How long do I have to return something?");
            (result.Same, result.Worse).ShouldBe((1, 1));
        }
    }

    /// <summary>As if the first answer had come from another article, and the customer had liked it.</summary>
    private static async Task ClaimAnotherArticleAsync(Service service, string conversationId)
    {
        await using var db = await service.DatabaseAsync();
        var answer = await db.Activities.AsNoTracking().Where(a => a.ConversationId == conversationId && a.Evidence != null).OrderBy(a => a.Sequence).FirstAsync();
        var slug = System.Text.Json.Nodes.JsonNode.Parse(answer.Evidence!)!["passages"]![0]!["slug"]!.ToString();
        var other = answer.Evidence!.Replace($"\"{slug}\"", "\"an-article-that-is-gone\"", StringComparison.Ordinal);
        await db.Activities.Where(a => a.ConversationId == conversationId && a.Sequence == answer.Sequence).ExecuteUpdateAsync(u => u.SetProperty(a => a.Evidence, other));
        db.Feedback.Add(new SupportBot.Conversations.AnswerFeedback { ConversationId = conversationId, AnswerSequence = answer.Sequence, Liked = true, At = answer.At });
        await db.SaveChangesAsync();
    }
}
