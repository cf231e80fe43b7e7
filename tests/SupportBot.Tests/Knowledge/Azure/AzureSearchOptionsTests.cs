using Microsoft.Extensions.Configuration;
using SupportBot.Hosting;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Tests.Knowledge.Azure;

public sealed class AzureSearchOptionsTests
{
    private const string Endpoint = "Endpoint=https://name.search.windows.net";

    [Fact]
    public void No_settings_mean_that_it_is_off() => Read().IsOn.ShouldBeFalse();

    [Fact]
    public void An_address_and_a_key_are_enough() => Read(Endpoint, "ApiKey=k").IsOn.ShouldBeTrue();

    [Theory]
    [InlineData("Endpoint", "ApiKey=secret-key")]
    [InlineData("Endpoint", "UseSemanticRanker=true")]
    [InlineData("Endpoint", "Endpoint=http://name.search.windows.net", "ApiKey=secret-key")]
    [InlineData("Endpoint", "Endpoint=name.search.windows.net", "ApiKey=secret-key")]
    [InlineData("ApiKey", Endpoint)]
    [InlineData("ApiKey", Endpoint, "ApiKey=secret-key", "UseManagedIdentity=true")]
    [InlineData("Index", Endpoint, "ApiKey=secret-key", "Index=Support_Bot")]
    [InlineData("Timeout", Endpoint, "ApiKey=secret-key", "Timeout=00:01:00")]
    [InlineData("Rest", Endpoint, "ApiKey=secret-key", "Rest=00:00:00")]
    [InlineData("FailuresBeforeRest", Endpoint, "ApiKey=secret-key", "FailuresBeforeRest=1")]
    [InlineData("Embeddings:Model", Endpoint, "ApiKey=secret-key", "Embeddings:ApiKey=secret-key")]
    [InlineData("Embeddings:ApiKey", Endpoint, "ApiKey=secret-key", "Embeddings:Model=m")]
    [InlineData("Embeddings:ApiKey", Endpoint, "ApiKey=secret-key", "Embeddings:Model=m", "Embeddings:Endpoint=https://name.openai.azure.com")]
    [InlineData("Embeddings:Endpoint", Endpoint, "ApiKey=secret-key", "Embeddings:Model=m", "Embeddings:Endpoint=http://models.example/v1", "Embeddings:ApiKey=secret-key")]
    [InlineData("Embeddings:Dimensions", Endpoint, "ApiKey=secret-key", "Embeddings:Model=m", "Embeddings:ApiKey=secret-key", "Embeddings:Dimensions=100000")]
    public void A_mistake_is_one_line_with_its_key_and_never_the_secret(string key, params string[] settings)
    {
        var problem = Should.Throw<StartProblem>(() => Read(settings));

        problem.Message.Split(Environment.NewLine).ShouldHaveSingleItem().ShouldStartWith($"Knowledge:AzureSearch:{key}: ");
        problem.Message.ShouldNotContain("secret-key");
    }

    [Theory]
    [InlineData("UseSemanticRankers=true", "UseSemanticRankers")]
    [InlineData("Timeout=soon", "Timeout")]
    public void A_setting_that_nobody_knows_or_can_read_is_named(string setting, string named) =>
        Should.Throw<StartProblem>(() => Read(Endpoint, "ApiKey=k", setting)).Message.ShouldContain(named);

    [Theory]
    [InlineData("https://name.openai.azure.com/openai/v1/", "Embeddings:Endpoint=https://name.openai.azure.com", "UseManagedIdentity=true")]
    [InlineData("http://localhost:11434/v1/", "Embeddings:Endpoint=http://localhost:11434/v1", "ApiKey=k")]
    public void Embedding_models_are_found_where_they_are(string address, params string[] settings) =>
        Read([Endpoint, "Embeddings:Model=m", .. settings]).Embeddings.Address!.AbsoluteUri.ShouldBe(address);

    [Fact]
    public void The_keys_are_in_no_text_of_the_settings() =>
        Read(Endpoint, "ApiKey=secret-key", "Embeddings:Model=m", "Embeddings:ApiKey=secret-key").ToString().ShouldNotContain("secret-key");

    private static AzureSearchOptions Read(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{AzureSearchOptions.Section}:{s.Split('=', 2)[0]}", (string?)s.Split('=', 2)[1])))
        .Build()
        .Read<AzureSearchOptions>(AzureSearchOptions.Section);
}
