using System.Text.Json;
using SupportBot.Hosting;
using SupportBot.Lookups;
using SupportBot.Tests.Answers;

namespace SupportBot.Tests.Hosting;

/// <summary>The verb <c>check</c>, as a company runs it.</summary>
public sealed class CheckVerbTests : IDisposable
{
    private const string Process =
        """
        name: order_status
        title: Order status
        articles: [tracking]
        examples: [my order please, order state, how far is it, is it packed, did it leave]
        workflow:
          answer: automatic
          otherwise: human
          queue: orders
          priority: normal
          collect:
            - { name: order_number, prompt: "Which order?", pattern: 'TT-\d{6}' }
          lookups:
            - name: order
              url: "https://api.acme.example/orders/{order_number}"
              headers: { Authorization: "Bearer ${ORDER_TOKEN}" }
              variables: { status: $.status }
          say: "It is {status}."
        """;

    private readonly SmallCompany _company = new();

    public void Dispose() => _company.Dispose();

    [Fact]
    public void Sound_files_are_told_in_a_line()
    {
        var (sound, output) = Check();
        sound.ShouldBeTrue(output);
        output.ShouldContain("6 intents");
    }

    [Fact]
    public void Every_mistake_has_file_line_and_fix_and_what_the_configuration_lacks_is_one()
    {
        _company.Write("intents/order_status.yaml", Process.Replace("queue: orders", "queue: nobody", StringComparison.Ordinal).Replace("{status}.", "{state}.", StringComparison.Ordinal));

        var (sound, output) = Check();

        sound.ShouldBeFalse();
        output.ShouldContain("intents/order_status.yaml:8: there is no queue 'nobody'. Fix: use one of: orders, general.");
        output.ShouldContain("intents/order_status.yaml:14: the host 'api.acme.example' may not be asked. Fix: add 'api.acme.example' to Workflows:AllowedHosts.");
        output.ShouldContain("intents/order_status.yaml:15: the secret '${ORDER_TOKEN}' is not set. Fix: set Workflows:Secrets:ORDER_TOKEN.");
        output.ShouldContain("intents/order_status.yaml:17: nothing gives the value '{state}'.");
    }

    [Fact]
    public void Machines_get_json()
    {
        _company.Write("intents/order_status.yaml", Process);

        var (sound, output) = Check(json: true);

        sound.ShouldBeFalse();
        var first = JsonDocument.Parse(output).RootElement[0];
        first.GetProperty("file").GetString().ShouldBe("intents/order_status.yaml");
        first.GetProperty("line").GetInt32().ShouldBe(14);
        first.GetProperty("fix").GetString().ShouldStartWith("add 'api.acme.example'");
    }

    private (bool Sound, string Text) Check(bool json = false)
    {
        var (text, sound) = CheckVerb.Check(_company.Folder, new LookupSettings(new LookupOptions(), new Dictionary<string, Func<string>>()), json);
        return (sound, text);
    }
}
