using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.Connector;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Configuration that cannot work is named when the host starts.</summary>
public class ConnectorOptionsTests
{
    [Fact]
    public void Nothing_at_all_will_do() => FaultsOf(_ => { }).ShouldBeEmpty();

    [Fact]
    public void A_complete_identity_will_do() => FaultsOf(Complete).ShouldBeEmpty();

    [Theory]
    [InlineData("MicrosoftAppPassword: ")]
    public void An_app_id_alone_will_not_do(string start) => FaultsOf(options =>
    {
        Complete(options);
        options.MicrosoftAppPassword = "";
    }).ShouldHaveSingleItem().ShouldStartWith(start);

    [Fact]
    public void A_single_tenant_is_named() => FaultsOf(options =>
    {
        Complete(options);
        options.MicrosoftAppTenantId = "";
    }).ShouldHaveSingleItem().ShouldStartWith("MicrosoftAppTenantId: ");

    [Fact]
    public void A_managed_identity_has_no_secret()
    {
        FaultsOf(options =>
        {
            Complete(options);
            options.MicrosoftAppType = BotAppType.UserAssignedMSI;
        }).ShouldHaveSingleItem().ShouldStartWith("MicrosoftAppType: ");

        FaultsOf(options =>
        {
            options.MicrosoftAppId = "app";
            options.MicrosoftAppType = BotAppType.UserAssignedMSI;
        }).ShouldBeEmpty();
    }

    [Fact]
    public void A_secret_belongs_to_an_app_id() =>
        FaultsOf(options => options.MicrosoftAppPassword = "secret").ShouldHaveSingleItem().ShouldStartWith("MicrosoftAppId: ");

    [Fact]
    public void A_certificate_is_there_and_alone()
    {
        var faults = FaultsOf(options =>
        {
            Complete(options);
            options.CertificatePath = "/nowhere/bot.pfx";
        });

        faults.Count.ShouldBe(2);
        faults.ShouldAllBe(fault => fault.StartsWith("CertificatePath: "));
    }

    [Theory]
    [InlineData("http://login.example/")]
    [InlineData("relative")]
    public void Keys_do_not_come_in_the_clear(string address) =>
        FaultsOf(options => options.ChannelOpenIdMetadataUrl = new Uri(address, UriKind.RelativeOrAbsolute))
            .ShouldHaveSingleItem().ShouldStartWith("ChannelOpenIdMetadataUrl: ");

    [Fact]
    public void Ranges_are_checked() =>
        FaultsOf(options => options.MaxWaitingTurns = 0).ShouldHaveSingleItem().ShouldContain("MaxWaitingTurns");

    private static void Complete(ConnectorOptions options)
    {
        options.MicrosoftAppId = "app";
        options.MicrosoftAppPassword = "secret";
        options.MicrosoftAppTenantId = "tenant";
    }

    private static IReadOnlyList<string> FaultsOf(Action<ConnectorOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddConnector(configure);
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<ConnectorOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
