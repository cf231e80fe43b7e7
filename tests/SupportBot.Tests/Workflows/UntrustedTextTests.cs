using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Workflows;

public class UntrustedTextTests
{
    [Theory]
    [InlineData("on\r\nits\tway", "on its way")]
    [InlineData("a\u202eb\u200bc\u0007d\ud800", "abcd")]
    public void What_cannot_be_seen_is_gone(string text, string clean) => Assert.Equal(clean, UntrustedText.Clean(text));

    [Fact]
    public void A_text_without_end_is_cut_between_characters() =>
        Assert.Equal(UntrustedText.LongestValue, UntrustedText.Clean($"a{string.Concat(Enumerable.Repeat("\ud83d\ude00", 500))}b").Length + 1);

    [Theory]
    [InlineData("**bold** [click](https://evil.example/x) <b>", "bold click((link left out) b")]
    [InlineData("see https://evil.example and www.evil.example", "see (link left out) and (link left out)")]
    [InlineData("javascript:alert(1)", "(link left out)")]
    [InlineData("ask evil.example now", "ask evil. example now")]
    [InlineData("1.5 kg, St. John's, 12.50", "1.5 kg, St. John's, 12.50")]
    [InlineData("# heading", "heading")]
    public void No_formatting_and_no_link_is_left(string text, string plain) => Assert.Equal(plain, UntrustedText.Plain(text));

    [Fact]
    public void A_template_puts_values_where_they_belong_and_knows_what_it_needs()
    {
        var template = new Template("Order {order_number} costs {price} {and a brace, ${TOKEN}}");
        Assert.Equal(["order_number", "price"], template.Names);
        Assert.Equal(["TOKEN"], template.Settings);
        Assert.Equal("Order <order_number> costs <price> {and a brace, !TOKEN}", template.Fill(name => $"<{name}>", name => $"!{name}"));
    }

    [Theory]
    [InlineData("https://api.shop.example/orders/{order_number}", "TT-1", "https://api.shop.example/orders/TT-1")]
    [InlineData("https://api.shop.example/orders?n={order_number}&x=1", "a&b=c/../d e", "https://api.shop.example/orders?n=a%26b%3Dc%2F..%2Fd%20e&x=1")]
    [InlineData("https://api.shop.example/orders/{order_number}/items", "a/../../admin#x?y", "https://api.shop.example/orders/a%2F..%2F..%2Fadmin%23x%3Fy/items")]
    [InlineData("${orders}/{order_number}", "TT-1", "https://orders.example/api/TT-1")]
    public void A_value_stays_in_its_place_of_an_address(string url, string value, string address) =>
        Assert.Equal(address, LookupUrl.Fill(new Template(url), _ => value, _ => "https://orders.example/api/")?.AbsoluteUri);

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData(" ")]
    public void A_value_that_would_lead_elsewhere_leads_nowhere(string value) =>
        Assert.Null(LookupUrl.Fill(new Template("https://api.shop.example/orders/{order_number}"), _ => value, _ => ""));

    [Theory]
    [InlineData("http://api.shop.example/x")]
    [InlineData("https://{order_number}.shop.example/x")]
    [InlineData("https://shop.example{order_number}/x")]
    [InlineData("https://user:word@shop.example/x")]
    [InlineData("ftp://shop.example/x")]
    [InlineData("/orders/{order_number}")]
    [InlineData("${orders}{order_number}")]
    [InlineData("https://shop.example/${orders}")]
    public void An_address_that_a_customer_could_bend_is_refused(string url) => Assert.NotNull(LookupUrl.Problem(new Template(url)));
}
