using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Connector;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>How the bot gets its tokens, by the kind of identity that it has.</summary>
public class CredentialTests
{
    private const string Resource = "https://api.botframework.com";

    [Fact]
    public async Task A_secret_buys_one_token_for_many_replies()
    {
        var authority = new FakeAuthority();
        await using var server = await StartAsync(authority, _ => { });

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(server)));

        var request = authority.Requests.ShouldHaveSingleItem();
        request.Address.ShouldBe($"https://authority.example/{ConnectorServer.Tenant}/oauth2/v2.0/token");
        request.Form["grant_type"].ShouldBe("client_credentials");
        request.Form["client_id"].ShouldBe(ConnectorServer.AppId);
        request.Form["client_secret"].ShouldBe("a password");
        request.Form["scope"].ShouldBe($"{Resource}/.default");
        server.Channel.Requests.Count.ShouldBe(10);
        server.Channel.Requests.ShouldAllBe(sent => sent.Authorization == "Bearer from-the-authority");
    }

    [Fact]
    public async Task Bots_of_any_tenant_ask_in_the_tenant_that_is_theirs()
    {
        var authority = new FakeAuthority();
        await using var server = await StartAsync(authority, options =>
        {
            options.MicrosoftAppType = BotAppType.MultiTenant;
            options.MicrosoftAppTenantId = "";
        });

        await SendAsync(server);

        authority.Requests.ShouldHaveSingleItem().Address.ShouldBe("https://authority.example/botframework.com/oauth2/v2.0/token");
    }

    [Theory]
    [InlineData("bot.pfx")]
    [InlineData("bot.pem")]
    public async Task A_certificate_does_in_place_of_a_secret(string file)
    {
        var folder = Directory.CreateTempSubdirectory("supportbot-test-");
        try
        {
            var path = Path.Combine(folder.FullName, file);
            var thumbprint = await WriteCertificateAsync(path);
            var authority = new FakeAuthority();
            await using var server = await StartAsync(authority, options =>
            {
                options.MicrosoftAppPassword = "";
                options.CertificatePath = path;
                options.CertificatePassword = file.EndsWith(".pfx", StringComparison.Ordinal) ? "pfx" : "";
            });

            await SendAsync(server);

            var form = authority.Requests.ShouldHaveSingleItem().Form;
            form.ShouldNotContainKey("client_secret");
            var assertion = new JsonWebToken(form["client_assertion"]);
            assertion.Issuer.ShouldBe(ConnectorServer.AppId);
            assertion.GetHeaderValue<string>("x5t#S256").ShouldBe(thumbprint);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_managed_identity_needs_no_secret()
    {
        var authority = new FakeAuthority();
        await using var server = await StartAsync(authority, options =>
        {
            options.MicrosoftAppType = BotAppType.UserAssignedMSI;
            options.MicrosoftAppPassword = "";
        });

        await SendAsync(server);

        var request = authority.Requests.ShouldHaveSingleItem();
        request.Address.ShouldStartWith("http://169.254.169.254/metadata/identity/oauth2/token?");
        var query = QueryHelpers.ParseQuery(new Uri(request.Address).Query);
        query["resource"].ToString().ShouldBe(Resource);
        query["client_id"].ToString().ShouldBe(ConnectorServer.AppId);
    }

    [Fact]
    public async Task A_wrong_secret_is_a_failure_that_may_pass_and_does_not_say_the_secret()
    {
        var authority = new FakeAuthority { Status = HttpStatusCode.Unauthorized };
        await using var server = await StartAsync(authority, _ => { });

        var failure = await Should.ThrowAsync<ConnectorException>(SendAsync(server));

        failure.Code.ShouldBe("TokenUnavailable");
        failure.IsTransient.ShouldBeTrue();
        failure.ToString().ShouldNotContain("a password");
        server.Channel.Requests.ShouldBeEmpty();
    }

    private static Task<ConnectorServer> StartAsync(FakeAuthority authority, Action<ConnectorOptions> configure) =>
        ConnectorServer.StartAsync(
            configure: options =>
            {
                options.AuthorityHost = new Uri("https://authority.example");
                configure(options);
            },
            services: services => services.AddHttpClient(ConnectorServices.HttpClientName)
                .ConfigurePrimaryHttpMessageHandler(() => authority),
            withCredential: false);

    private static Task<ResourceResponse> SendAsync(ConnectorServer server) =>
        server.Client.SendAsync(server.Channel.Service, "c1", null, Activity.Message("hello"), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));

    private static async Task<string> WriteCertificateAsync(string path)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        if (path.EndsWith(".pfx", StringComparison.Ordinal))
        {
            await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "pfx"));
        }
        else
        {
            await File.WriteAllTextAsync(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }

        return WebEncoders.Base64UrlEncode(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    private sealed record TokenRequest(string Address, Dictionary<string, string> Form);

    /// <summary>Answers for every address that is not this machine's.</summary>
    private sealed class FakeAuthority() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly ConcurrentQueue<TokenRequest> _requests = new();

        public IReadOnlyList<TokenRequest> Requests => [.. _requests];

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.IsLoopback)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var form = QueryHelpers.ParseQuery(body).ToDictionary(field => field.Key, field => field.Value.ToString());
            _requests.Enqueue(new TokenRequest(request.RequestUri.AbsoluteUri, form));
            var answer = Status == HttpStatusCode.OK
                ? """{"token_type":"Bearer","expires_in":"3599","expires_on":"4102444800","resource":"r","access_token":"from-the-authority"}"""
                : """{"error":"invalid_client","error_description":"Wrong."}""";
            return new HttpResponseMessage(Status)
            {
                RequestMessage = request,
                Content = new StringContent(answer, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
        }
    }
}
