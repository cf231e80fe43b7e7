using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Good requests that were damaged on the way: whatever they have become, they are the caller's fault.</summary>
public class MutatedRequestTests
{
    private const int Requests = 3_000;
    private const string HeaderAlphabet = "ABCxyz019-_.=\"{}[],: ";
    private const string BodyAlphabet = "ABCxyz019-_.=\"{}[],:\\u\0\u00e9\ud83d\ude00 ";

    [Fact]
    public async Task A_damaged_token_opens_nothing()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);
        var random = new Random(20260302);
        var good = server.Issuer.ChannelToken(server.Channel.ServiceUrl);
        var body = server.Message().ToJsonString();

        for (var i = 0; i < Requests; i++)
        {
            var token = Damage(good, HeaderAlphabet, random);
            if (SaysTheSame(good, token))
            {
                continue;
            }

            var answer = await server.SendAsync(body, token);
            ((int)answer.StatusCode).ShouldBe(401, token);
        }
    }

    [Fact]
    public async Task A_damaged_activity_is_taken_or_refused()
    {
        var failed = 0;
        await using var server = await ConnectorServer.StartAsync(
            async (turn, ct) =>
            {
                try
                {
                    await turn.SendActivityAsync(turn.Activity.Text ?? "nothing", ct);
                }
                catch
                {
                    Interlocked.Increment(ref failed);
                    throw;
                }
            },
            options => options.AcknowledgeFirst = false);
        var random = new Random(20260303);
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl);
        var good = server.Message().ToJsonString();
        var taken = 0;

        for (var i = 0; i < Requests; i++)
        {
            var body = Damage(good, BodyAlphabet, random);
            var status = (int)(await server.SendAsync(body, token)).StatusCode;
            status.ShouldBeOneOf(200, 400, 401);
            taken += status == 200 ? 1 : 0;
        }

        taken.ShouldBeInRange(1, Requests - 1);
        failed.ShouldBe(0);
    }

    private static string Damage(string good, string alphabet, Random random)
    {
        var text = new StringBuilder(good);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = alphabet[random.Next(alphabet.Length)];
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                    text.Append('x');
                    break;
                case 2:
                    text.Insert(at, alphabet[random.Next(alphabet.Length)]);
                    break;
                default:
                    var other = random.Next(text.Length);
                    (text[at], text[other]) = (text[other], text[at]);
                    break;
            }
        }

        return text.ToString();
    }

    // The last digit of a base64 text has bits that mean nothing.
    private static bool SaysTheSame(string one, string other)
    {
        try
        {
            return one.Split('.').Select(Base64UrlEncoder.DecodeBytes).Zip(other.Split('.').Select(Base64UrlEncoder.DecodeBytes))
                .All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
