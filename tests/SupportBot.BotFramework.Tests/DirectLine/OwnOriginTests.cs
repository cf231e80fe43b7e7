using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Tests.DirectLine;

public sealed class OwnOriginTests
{
    private static readonly DirectLineSite Site = new("demo", ["https://shop.example", "http://localhost:*"]);

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://SHOP.example", true)]
    [InlineData("https://shop.example:444", false)]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://localhost:99999", false)]
    [InlineData("http://localhost.evil.example:80", false)]
    [InlineData("http://localhost:80.evil.example", false)]
    [InlineData("https://localhost:80", false)]
    [InlineData("null", false)]
    public void A_port_may_be_left_open_and_nothing_else(string origin, bool trusted) => Site.Trusts(origin).ShouldBe(trusted);
}
