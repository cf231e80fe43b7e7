using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Plain text to and from HTML.</summary>
public sealed class VendorMarkupTests
{
    public static TheoryData<string, string> HostileTexts => TicketSystemContract.HostileTexts;

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void What_is_escaped_is_read_back_letter_by_letter(string kind, string text)
    {
        var html = VendorMarkup.FromText(text);
        html.ShouldNotContain("<script", Case.Insensitive, kind);
        VendorMarkup.ToText($"<div>{html}</div>").ShouldBe(text, kind);
    }

    [Theory]
    [InlineData("<p>One</p>\n<p>Two<br>\nthree</p>", "One\n\nTwo\nthree")]
    [InlineData("<div>One\n  two</div><div>three</div>", "One two\nthree")]
    [InlineData("one\n<b>two</b> three", "one two three")]
    [InlineData("<ul><li>a</li><li>b</li></ul>after", "- a\n- b\nafter")]
    [InlineData("See <a href=\"https://tarn.example/label\">the label</a>.", "See the label (https://tarn.example/label).")]
    [InlineData("<a href=\"https://tarn.example/\">https://tarn.example/</a>", "https://tarn.example/")]
    [InlineData("<a href=\"javascript:alert(1)\">here</a>", "here")]
    [InlineData("<style>p{}</style><script>alert(1)</script>Hi&nbsp;there", "Hi there")]
    [InlineData("Yes.<blockquote type=\"cite\">On Monday you wrote</blockquote>", "Yes.")]
    [InlineData("<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("", "")]
    public void HTML_becomes_what_somebody_would_read(string html, string text) => VendorMarkup.ToText(html).ShouldBe(text);
}
