using Microsoft.Extensions.Configuration;
using SupportBot.Hosting;
using SupportBot.Models;

namespace SupportBot.Tests.Models;

public sealed class ModelOptionsTests
{
    [Fact]
    public void No_settings_mean_no_model() => Read().Provider.ShouldBe(ModelProvider.None);

    [Theory]
    [InlineData("Answers:Model:Model", "Provider=OpenAI", "ApiKey=k")]
    [InlineData("Answers:Model:ApiKey", "Provider=OpenAI", "Model=m")]
    [InlineData("Answers:Model:ApiKey", "Provider=Anthropic", "Model=m")]
    [InlineData("Answers:Model:Endpoint", "Provider=OpenAICompatible", "Model=m")]
    [InlineData("Answers:Model:Endpoint", "Provider=AzureOpenAI", "Model=m", "ApiKey=k")]
    [InlineData("Answers:Model:Endpoint", "Provider=OpenAICompatible", "Model=m", "Endpoint=ftp://models.example/")]
    [InlineData("Answers:Model:Endpoint", "Provider=OpenAICompatible", "Model=m", "ApiKey=secret-key", "Endpoint=http://models.example/v1")]
    [InlineData("Answers:Model:ApiKey", "Provider=AzureOpenAI", "Model=m", "Endpoint=https://name.openai.azure.com/")]
    [InlineData("Answers:Model:ApiKey", "Provider=AzureOpenAI", "Model=m", "Endpoint=https://name.openai.azure.com/", "ApiKey=secret-key", "UseManagedIdentity=true")]
    [InlineData("Answers:Model:UseManagedIdentity", "Provider=OpenAI", "Model=m", "ApiKey=secret-key", "UseManagedIdentity=true")]
    [InlineData("Answers:Model:Timeout", "Provider=Ollama", "Model=m", "Timeout=00:10:00")]
    [InlineData("Answers:Model:MaxOutputTokens", "Provider=Ollama", "Model=m", "MaxOutputTokens=0")]
    [InlineData("Answers:Model:Budget:TokensPerDay", "Provider=Ollama", "Model=m", "Budget:TokensPerDay=-1")]
    public void A_mistake_is_one_line_with_its_key_and_never_the_secret(string key, params string[] settings)
    {
        var problem = Should.Throw<StartProblem>(() => Read(settings));

        problem.Message.Split(Environment.NewLine).ShouldHaveSingleItem().ShouldStartWith($"{key}: ");
        problem.Message.ShouldNotContain("secret-key");
    }

    [Theory]
    [InlineData("https://name.openai.azure.com/openai/v1/", "Provider=AzureOpenAI", "Model=m", "UseManagedIdentity=true", "Endpoint=https://name.openai.azure.com")]
    [InlineData("https://name.openai.azure.com/openai/v1/", "Provider=AzureOpenAI", "Model=m", "ApiKey=k", "Endpoint=https://name.openai.azure.com/openai/v1")]
    [InlineData("http://localhost:11434/v1/", "Provider=Ollama", "Model=m")]
    [InlineData("http://10.0.0.5:8000/v1/", "Provider=OpenAICompatible", "Model=m", "Endpoint=http://10.0.0.5:8000/v1")]
    public void Providers_are_found_where_they_are(string address, params string[] settings) => Read(settings).Address!.AbsoluteUri.ShouldBe(address);

    [Fact]
    public void The_key_is_in_no_text_of_the_settings() => Read("Provider=OpenAI", "Model=m", "ApiKey=secret-key").ToString().ShouldNotContain("secret-key");

    private static ModelOptions Read(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Answers:Model:{s.Split('=', 2)[0]}", (string?)s.Split('=', 2)[1])))
        .Build()
        .Read<ModelOptions>("Answers:Model");
}
