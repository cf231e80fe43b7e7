using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>
/// A fake of Azure AI Search that keeps indexes and documents, searches them, and refuses what the service would refuse. It speaks the part of
/// REST API 2023-11-01 that is used, over TLS with a certificate of its own, and has an embedding model beside it.
/// </summary>
public sealed partial class FakeSearchServer : IAsyncDisposable
{
    public const string Key = "admin-key-of-the-fake";

    public const string Token = "token-of-the-fake";

    private const string ApiVersion = "2023-11-01";

    private readonly WebApplication _app;

    private readonly X509Certificate2 _certificate;

    private readonly ConcurrentQueue<SearchRequest> _received = new();

    private readonly ConcurrentQueue<Func<HttpContext, SearchRequest, Task<bool>>> _script = new();

    private readonly Dictionary<string, FakeSearchIndex> _indexes = new(StringComparer.Ordinal);

    private readonly Lock _changing = new();

    private FakeSearchServer(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>While it is set, every request is answered like this: a status, or nothing at all for 0.</summary>
    public int? Down { get; set; }

    /// <summary>While it is set, uploads wait for it.</summary>
    public Task UploadsWaitFor { get; set; } = Task.CompletedTask;

    /// <summary>What somebody else does just before the marker is read.</summary>
    public Action? BeforeMarkerIsRead { get; set; }

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<SearchRequest> Received => [.. _received];

    public IReadOnlyList<SearchRequest> Questions => [.. _received.Where(r => r.IsQuestion)];

    public IReadOnlyList<SearchRequest> Uploads => [.. _received.Where(r => r.IsUpload)];

    /// <summary>How this program reaches it: over TLS, trusting this one certificate, with this one token.</summary>
    public AzureSearchAccess Access => new(
        new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString() } },
        new FixedToken());

    public AzureSearchOptions Options => new() { Endpoint = Address, ApiKey = Key, Timeout = TimeSpan.FromSeconds(5), Rest = TimeSpan.FromMilliseconds(500) };

    public EmbeddingOptions Embeddings => new() { Endpoint = new Uri(Address, "v1/"), Model = "words", ApiKey = "embedding-key", Dimensions = FakeEmbeddings.Dimensions };

    public static async Task<FakeSearchServer> StartAsync()
    {
        var certificate = NewCertificate();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Services.AddRouting();
        var app = builder.Build();
        var server = new FakeSearchServer(app, certificate);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next request that is one of these gets this status, and no more.</summary>
    public void NextFails(Func<SearchRequest, bool> which, int status, int? retryAfterSeconds = null) => _script.Enqueue((http, request) =>
    {
        if (!which(request))
        {
            return Task.FromResult(false);
        }

        http.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(true);
    });

    /// <summary>The next question gets no answer until whoever asked has gone.</summary>
    public void NextQuestionStalls() => _script.Enqueue(async (http, request) =>
    {
        if (request.IsQuestion)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return request.IsQuestion;
    });

    /// <summary>The next question's connection breaks.</summary>
    public void NextQuestionDrops() => _script.Enqueue((http, request) =>
    {
        if (request.IsQuestion)
        {
            http.Abort();
        }

        return Task.FromResult(request.IsQuestion);
    });

    public FakeSearchIndex? Index(string name)
    {
        lock (_changing)
        {
            return _indexes.GetValueOrDefault(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var body = http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(http.Request.Body) : null;
        var bearer = http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
        var request = new SearchRequest(http.Request.Method, Uri.UnescapeDataString(http.Request.Path), http.Request.Headers["api-key"].FirstOrDefault(), bearer, body);
        _received.Enqueue(request);
        if (Down is { } status)
        {
            if (status == 0)
            {
                http.Abort();
            }

            http.Response.StatusCode = status;
            return;
        }

        if (_script.TryPeek(out var step) && await step(http, request))
        {
            _script.TryDequeue(out _);
            return;
        }

        await (request.IsUpload ? UploadsWaitFor.WaitAsync(http.RequestAborted) : Task.CompletedTask);
        try
        {
            var (code, answer) = Answer(http, request);
            http.Response.StatusCode = code;
            if (answer is not null)
            {
                http.Response.ContentType = "application/json; odata.metadata=minimal";
                await http.Response.WriteAsync(answer.ToJsonString());
            }
        }
        catch (RefusedException e)
        {
            http.Response.StatusCode = e.Status;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = "InvalidRequest", ["message"] = e.Message } }.ToJsonString());
        }
    }

    private (int Status, JsonNode? Answer) Answer(HttpContext http, SearchRequest request)
    {
        if (request.Path == "/v1/embeddings")
        {
            return (200, FakeEmbeddings.Answer(request));
        }

        RefusedException.Unless(request.ApiKey == Key || request.Bearer == Token, "Access denied.", 403);
        RefusedException.Unless(http.Request.Query["api-version"] == ApiVersion, $"The api-version is not {ApiVersion}.");
        var path = Indexes().Match(request.Path);
        RefusedException.Unless(path.Success, $"There is nothing at {request.Path}.", 404);
        var name = path.Groups["index"].Value;
        lock (_changing)
        {
            if (path.Groups["rest"].Value.Length == 0)
            {
                return request.Method switch
                {
                    "GET" => (200, Known(name).Definition),
                    "PUT" => Put(name, http.Request.Headers.IfMatch.FirstOrDefault(), request.Body!.AsObject()),
                    _ => throw new RefusedException("No such method.", 405),
                };
            }

            var index = Known(name);
            var document = Document().Match(path.Groups["rest"].Value);
            return (request.Method, path.Groups["rest"].Value) switch
            {
                ("POST", "/docs/search.index") => index.Write(request.Body!.AsObject(), http.Request.ContentLength ?? 0),
                ("POST", "/docs/search.post.search") => (200, FakeSearchQuery.Run(index, request.Body!.AsObject())),
                ("GET", _) when document.Success => (200, Get(index, document.Groups["key"].Value, http.Request.Query["$select"])),
                _ => throw new RefusedException("No such operation.", 404),
            };
        }
    }

    private JsonObject Get(FakeSearchIndex index, string key, string? select)
    {
        BeforeMarkerIsRead?.Invoke();
        return index.Get(key, select);
    }

    private FakeSearchIndex Known(string name) => _indexes.GetValueOrDefault(name) ?? throw new RefusedException($"No index '{name}'.", 404);

    private (int Status, JsonNode? Answer) Put(string name, string? etag, JsonObject definition)
    {
        RefusedException.Unless((string?)definition["name"] == name, "The name differs from the address.");
        if (_indexes.TryGetValue(name, out var existing))
        {
            existing.Redefine(definition, etag);
            return (200, existing.Definition);
        }

        var made = new FakeSearchIndex(definition);
        _indexes.Add(name, made);
        return (201, made.Definition);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    [GeneratedRegex(@"^/indexes\('(?<index>[^']+)'\)(?<rest>/.*)?$")]
    private static partial Regex Indexes();

    [GeneratedRegex(@"^/docs\('(?<key>[^']+)'\)$")]
    private static partial Regex Document();

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            requestContext.Scopes.ShouldBe(["https://search.azure.com/.default"]);
            return new AccessToken(Token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
