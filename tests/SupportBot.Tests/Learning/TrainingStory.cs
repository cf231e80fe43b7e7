using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Learning;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Learning;

/// <summary>Agents say what messages mean, a manager has the bot learn it, and goes back.</summary>
public sealed class TrainingStory
{
    [Fact]
    public async Task What_agents_say_is_learnt_when_it_is_better_and_a_manager_goes_back_and_forth()
    {
        await using var site = await LearningSite.OpenAsync();
        site.Read(LearningSite.LearntWording).ShouldNotBe("tent_care");
        await site.TeachWordingsAsync("tent_care");

        (await site.TrainAsync()).ShouldBe("Version 1 does better and is in force.");
        await site.SettledAsync();
        site.Read(LearningSite.LearntWording).ShouldBe("tent_care");
        (await site.EvidenceAsync(LearningSite.LearntWording))["intent"]!["name"]!.ToString().ShouldBe("tent_care");

        var overview = await site.OverviewAsync();
        var version = overview["versions"]![0]!;
        ((string)version["state"]!, (string)version["askedBy"]!).ShouldBe(("in_force", "Orla"));
        var heldBack = LearningSite.Wordings.Count(LessonPlan.IsHeldBack);
        ((int)version["fromAgents"]!, (int)version["heldBack"]!).ShouldBe((LearningSite.Wordings.Count - heldBack, heldBack));
        ((int)version["after"]!["intentsRight"]!).ShouldBeGreaterThan((int)version["before"]!["intentsRight"]!);
        ((int)overview["labels"]!["new"]!).ShouldBe(0);

        (await site.Manager.PutAsJsonAsync("/api/console/learning/in-force", new { number = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await site.SettledAsync();
        site.Read(LearningSite.LearntWording).ShouldNotBe("tent_care");
        ((string)(await site.OverviewAsync())["versions"]![0]!["state"]!).ShouldBe("kept");

        (await site.Manager.PutAsJsonAsync("/api/console/learning/in-force", new { number = 1 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await site.SettledAsync();
        site.Read(LearningSite.LearntWording).ShouldBe("tent_care");
        (await site.Manager.PutAsJsonAsync("/api/console/learning/in-force", new { number = 9 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_candidate_that_is_no_better_is_kept_with_its_figures_and_changes_nothing()
    {
        await using var site = await LearningSite.OpenAsync();
        await site.TeachWordingsAsync("tent_care");

        // What is held back says the opposite of what is learnt: who learns it does worse on it.
        await using (var db = await site.Service.DatabaseAsync())
        {
            foreach (var label in (await db.Labels.ToListAsync()).Where(l => LessonPlan.IsHeldBack(l.Text)))
            {
                var read = site.Read(label.Text);
                await db.Labels.Where(l => l.Id == label.Id).ExecuteUpdateAsync(u => u.SetProperty(l => l.Intent, read));
            }
        }

        (await site.TrainAsync()).ShouldStartWith("Version 1 was not taken. It gets ");
        site.Read(LearningSite.LearntWording).ShouldNotBe("tent_care");
        var version = (await site.OverviewAsync())["versions"]![0]!;
        ((string)version["state"]!).ShouldBe("not_taken");
        ((int)version["after"]!["intentsRight"]!).ShouldBeLessThan((int)version["before"]!["intentsRight"]!);
        using var refused = await site.Manager.PutAsJsonAsync("/api/console/learning/in-force", new { number = 1 });
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("NeverTaken");
    }

    [Fact]
    public async Task Too_few_labels_change_nothing_and_say_so()
    {
        await using var site = await LearningSite.OpenAsync();
        await site.Customer.AskAsync("Talk to a person");
        await site.CorrectAsync(await site.SayAsync("consignment whereabouts"), "tent_care");

        (await site.TrainAsync()).ShouldStartWith("Too few labels: ");
        (await site.OverviewAsync())["versions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Enough_new_labels_train_by_themselves_and_those_left_out_do_not_count()
    {
        await using var site = await LearningSite.OpenAsync(builder => builder.Services.AddSingleton(new LearningOptions { NewLabels = 2 }));
        await site.Customer.AskAsync("Talk to a person");
        await site.CorrectAsync(await site.SayAsync("consignment whereabouts"), "tent_care");
        var first = (long)(await site.LabelsAsync()).Single()!["id"]!;
        (await site.Manager.PutAsJsonAsync($"/api/console/learning/labels/{first}", new { used = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ((string)(await site.LabelsAsync()).Single()!["use"]!).ShouldBe("left_out");
        await site.CorrectAsync(await site.SayAsync("courier whereabouts"), "tent_care");
        var labels = (await site.OverviewAsync())["labels"]!;
        ((int)labels["new"]!, (int)labels["needed"]!).ShouldBe((1, 2));

        (await site.Manager.PutAsJsonAsync($"/api/console/learning/labels/{first}", new { used = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await site.OutcomeAsync()).ShouldStartWith("Too few labels: ");
        (await site.Manager.PutAsJsonAsync("/api/console/learning/labels/999", new { used = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Manager.PutAsJsonAsync($"/api/console/learning/labels/{first}", new { })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_erased_conversation_takes_its_labels_along_and_they_are_unlearnt()
    {
        await using var site = await LearningSite.OpenAsync();
        await site.TeachWordingsAsync("tent_care");
        await site.TrainAsync();
        await site.SettledAsync();
        site.Read(LearningSite.LearntWording).ShouldBe("tent_care");

        (await site.Manager.DeleteAsync($"/api/console/conversations/{site.Customer.ConversationId}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await using var db = await site.Service.DatabaseAsync();
        (await db.Labels.CountAsync()).ShouldBe(0);
        (await db.VersionLabels.CountAsync()).ShouldBe(0);
        await Eventually.HoldsAsync(() => Task.FromResult(site.Read(LearningSite.LearntWording) != "tent_care"), "what is left without them");
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_version_in_force_and_a_training_that_was_asked_for()
    {
        await using var site = await LearningSite.OpenAsync();
        await site.TeachWordingsAsync("tent_care");
        await site.TrainAsync();
        await using (var db = await site.Service.DatabaseAsync())
        {
            // As if the process had died while training.
            await db.TrainingRuns.ExecuteUpdateAsync(u => u
                .SetProperty(r => r.RequestedBy, "Orla").SetProperty(r => r.Owner, "dead").SetProperty(r => r.LeasedUntil, DateTimeOffset.MaxValue).SetProperty(r => r.Outcome, (string?)null));
        }

        await site.RestartAsync();

        site.Understanding.IsSettled.ShouldBeTrue();
        site.Read(LearningSite.LearntWording).ShouldBe("tent_care");
        (await site.OutcomeAsync()).ShouldStartWith("Version 2 was not taken. It gets ");
        (await site.OverviewAsync())["training"]!["requestedBy"].ShouldBeNull();
    }
}
