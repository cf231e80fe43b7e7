using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Learning;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Learning;

/// <summary>Two processes on one database.</summary>
public sealed class ReplicaStory
{
    [Fact]
    public async Task Only_one_process_trains_and_the_other_follows_what_is_in_force()
    {
        await using var site = await LearningSite.OpenAsync();
        await site.TeachWordingsAsync("tent_care");
        string data;
        await using (var db = await site.Service.DatabaseAsync())
        {
            data = Path.GetDirectoryName(db.Database.GetConnectionString()!.Split('=')[1])!;
        }

        var other = await LearningSite.StartAsync(site.Company, data);
        try
        {
            var otherOne = other.Services.GetRequiredService<UnderstandingSource>();
            (await site.TrainAsync()).ShouldBe("Version 1 does better and is in force.");
            await Eventually.HoldsAsync(() => Task.FromResult(otherOne.Current.Inquire(LearningSite.LearntWording).Top!.Intent.Name == "tent_care"), "the other process");

            await site.Service.Services.GetRequiredService<Versions>().PutInForceAsync(ModelVersion.FilesAlone, CancellationToken.None);
            await Eventually.HoldsAsync(() => Task.FromResult(otherOne.Current.Inquire(LearningSite.LearntWording).Top!.Intent.Name != "tent_care"), "the other process to go back");

            await using var after = await site.Service.DatabaseAsync();
            (await after.ModelVersions.Select(v => v.Number).ToListAsync()).ShouldBe([0, 1], ignoreOrder: true);
        }
        finally
        {
            await other.StopAsync();
        }
    }
}
