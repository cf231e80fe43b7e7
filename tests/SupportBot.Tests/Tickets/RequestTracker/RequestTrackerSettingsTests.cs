using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>Settings that cannot be used are told at the start.</summary>
public sealed class RequestTrackerSettingsTests
{
    private static TicketSystemOptions Good => new()
    {
        Name = "support",
        Type = RequestTrackerSystem.Type,
        Url = new Uri("https://rt.example"),
        Token = "1-28-0123456789abcdef0123456789abcdef",
    };

    public static TheoryData<string, TicketSystemOptions> Unusable => new()
    {
        { "Url", Good with { Url = null } },
        { "Url", Good with { Url = new Uri("http://rt.example") } },
        { "Token", Good with { Token = null } },
        { "Token", Good with { Token = "secret" } },
        { "Settings:KeyField", With("KeyField", "Key' OR id > 0") },
        { "Settings:TagsField", With("TagsField", "") },
        { "Settings:Solved", With("Solved", " , ") },
        { "Settings:High", With("High", "very") },
    };

    [Fact]
    public void Settings_are_optional() => Make(Good).Name.ShouldBe("support");

    [Theory]
    [MemberData(nameof(Unusable))]
    public void A_setting_that_cannot_be_used_is_named_with_what_it_takes(string key, TicketSystemOptions options)
    {
        var problem = Should.Throw<TicketSystemProblem>(() => Make(options));
        problem.Key.ShouldBe(key);
        problem.Fix.ShouldNotBeEmpty();
    }

    private static TicketSystemOptions With(string setting, string value) => Good with { Settings = new() { [setting] = value } };

    private static RequestTrackerSystem Make(TicketSystemOptions options) =>
        new(options, new VendorHttp(new HttpClient(), options.Name, TimeProvider.System), TimeProvider.System);
}
