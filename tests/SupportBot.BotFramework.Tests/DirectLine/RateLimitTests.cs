using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.DirectLine.Uploads;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class RateLimitTests
{
    [Fact]
    public async Task Guessing_secrets_is_stopped_before_any_is_looked_up()
    {
        var sites = new CountingSites();
        await using var server = await DirectLineServer.StartAsync(Addresses(burst: 5), sites: sites);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, DirectLineServer.Prefix + "/tokens/generate");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"guess-{i}");
            answers.Add(await server.Http.SendAsync(request, Ct));
        }

        (await answers[0].ErrorAsync(401)).ShouldBe("InvalidToken");
        var refused = answers.FindAll(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        (await refused[^1].ErrorAsync(429)).ShouldBe("RateLimited");
        refused[^1].Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        sites.Lookups.ShouldBe(12 - refused.Count);
        refused.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task An_address_that_has_waited_may_ask_again()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(Addresses(burst: 3), time);
        var client = await server.NewClientAsync();
        for (var i = 0; i < 3; i++)
        {
            (await client.SendAsync(HttpMethod.Get, "/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        var refused = await client.SendAsync(HttpMethod.Get, "/nothing");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        time.Advance(refused.Headers.RetryAfter!.Delta!.Value);

        (await client.SendAsync(HttpMethod.Get, "/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_site_has_a_limit_that_others_do_not_feel()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(
            options =>
            {
                options.SiteRequestBurst = 4;
                options.SiteRequestsPerSecond = 1;
            },
            time);
        var (one, other) = (await server.NewClientAsync(), await server.NewClientAsync());
        await one.StartAsync();
        await other.StartAsync();
        await one.PollAsync();
        await other.PollAsync();

        (await (await one.PollAsync()).ErrorAsync(429)).ShouldBe("RateLimited");
        (await (await new DirectLineClient(server, DirectLineServer.Secret, "", "").StartAsync()).ErrorAsync(429)).ShouldBe("RateLimited");
        (await (await new DirectLineClient(server, DirectLineServer.Secret, "", "").SendAsync(HttpMethod.Post, "/tokens/generate"))
            .ErrorAsync(429)).ShouldBe("RateLimited");
        (await (await server.NewClientAsync(DirectLineServer.Shop)).StartAsync()).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Uploads_and_streams_count_as_well()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(
            options =>
            {
                options.RequestBurst = 3;
                options.RequestsPerSecond = 1;
            },
            time);
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();
        (await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()))).EnsureSuccessStatusCode();

        (await (await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()))).ErrorAsync(429)).ShouldBe("RateLimited");
        (await Should.ThrowAsync<WebSocketException>(() => DirectLineSocket.ConnectAsync(url))).Message.ShouldContain("429");
        time.Advance(TimeSpan.FromSeconds(1));
        await using var stream = await DirectLineSocket.ConnectAsync(url);
    }

    [Fact]
    public void Buckets_fill_steadily_and_not_beyond_their_burst()
    {
        var time = new ManualTime();
        var buckets = new TokenBuckets<string>(perSecond: 10, burst: 3, capacity: 100, time);
        TakeAll(buckets, "a").ShouldBe(3);

        buckets.Take("a").ShouldBe(TimeSpan.FromMilliseconds(100));
        time.Advance(TimeSpan.FromMilliseconds(150));
        TakeAll(buckets, "a").ShouldBe(1);
        time.Advance(TimeSpan.FromMilliseconds(50));
        TakeAll(buckets, "a").ShouldBe(1);
        time.Advance(TimeSpan.FromHours(1));
        TakeAll(buckets, "a").ShouldBe(3);
        TakeAll(buckets, "b").ShouldBe(3);
    }

    [Fact]
    public void Strangers_without_number_share_what_is_left()
    {
        var time = new ManualTime();
        var buckets = new TokenBuckets<int>(perSecond: 1, burst: 2, capacity: 50, time);
        for (var key = 0; key < 10_000; key++)
        {
            buckets.Take(key);
        }

        buckets.Kept.ShouldBe(50);
        buckets.Take(20_000).ShouldNotBeNull();
        buckets.Take(7).ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(2));
        buckets.Take(20_000).ShouldBeNull();
        buckets.Kept.ShouldBe(1);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    [InlineData(null, "::", false)]
    public void An_IPv6_network_is_one_address(string? one, string? other, bool same)
    {
        var options = new DirectLineOptions();
        Addresses(burst: 1)(options);
        var limit = new DirectLineRateLimit(Options.Create(options), new ManualTime());
        limit.RefuseAddress(one is null ? null : IPAddress.Parse(one)).ShouldBeNull();

        var refusal = limit.RefuseAddress(other is null ? null : IPAddress.Parse(other));

        (refusal is not null).ShouldBe(same);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Action<DirectLineOptions> Addresses(int burst) => options =>
    {
        options.AddressRequestBurst = burst;
        options.AddressRequestsPerSecond = 1;
    };

    private static int TakeAll(TokenBuckets<string> buckets, string key)
    {
        var taken = 0;
        while (buckets.Take(key) is null)
        {
            taken++;
        }

        return taken;
    }

    private sealed class CountingSites : IDirectLineSites
    {
        public int Lookups { get; private set; }

        public ValueTask<DirectLineSite?> FindBySecretAsync(string secret, CancellationToken ct)
        {
            Lookups++;
            return ValueTask.FromResult<DirectLineSite?>(null);
        }

        public ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct) => ValueTask.FromResult<DirectLineSite?>(null);
    }
}
