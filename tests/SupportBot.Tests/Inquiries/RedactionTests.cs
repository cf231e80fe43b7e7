using SupportBot.Company;
using SupportBot.Inquiries;
using Xunit;

namespace SupportBot.Tests.Inquiries;

public class RedactionTests
{
    [Theory]
    [InlineData("my card 4111 1111 1111 1111 was charged", "my card [card] was charged")]
    [InlineData("card 4111-1111-1111-1111", "card [card]")]
    [InlineData("pay to IE29 AIBK 9311 5212 3456 78 please", "pay to [iban] please")]
    [InlineData("de89370400440532013000", "[iban]")]
    [InlineData("write to jo.bloggs+shop@mail.example.org today", "write to [email] today")]
    [InlineData("ring +353 91 555 0134 or (091) 555 0134", "ring [phone] or [phone]")]
    [InlineData("call (555) 234-5678 or 555-234-5678", "call [phone] or [phone]")]
    [InlineData("بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١", "بطاقتي [card]")]
    [InlineData("order 12345678901 4111111111111111 12/28", "order 12345678901 [card] 12/28")]
    [InlineData("ref XX12 IE29 AIBK 9311 5212 3456 78", "ref XX12 [iban]")]
    public void Personal_data_is_replaced(string text, string expected) => Assert.Equal(expected, Redaction.Apply(text));

    [Theory]
    [InlineData("order TT-123456 from 14.09.2026")]
    [InlineData("card 4111 1111 1111 1112")] // wrong check digit
    [InlineData("IE29 AIBK 9311 5212 3456 79")] // wrong checksum
    [InlineData("tracking 00340434161094042557")] // too long for a telephone number
    [InlineData("it cost 129.00 @ the shop")]
    public void Other_numbers_stay(string text) => Assert.Equal(text, Redaction.Apply(text));

    [Fact]
    public void Only_the_kinds_asked_for_are_replaced() =>
        Assert.Equal("a@b.example, [card]", Redaction.Apply("a@b.example, 4111111111111111", PersonalData.Payment));

    [Fact]
    public void A_companys_patterns_are_replaced_by_their_names_but_never_split_a_card()
    {
        Assert.True(RedactionPattern.TryMake("order_number", @"\bTT-\d{6}\b", out var order, out _));
        Assert.True(RedactionPattern.TryMake("customer", @"\d{4}", out var customer, out _));
        Assert.Equal("[order_number] of [customer], [card]", Redaction.Apply("tt-123456 of 9876, 4111 1111 1111 1111", PersonalData.All, [order, customer]));
    }

    [Fact]
    public void A_pattern_that_takes_too_long_costs_the_text_all_its_numbers()
    {
        // Looking ahead needs backtracking, and so a time limit.
        Assert.True(RedactionPattern.TryMake("slow", "(?=x)(x+x+)+y", out var slow, out _));
        Assert.Equal($"{new string('x', 5_000)} [slow] or [slow] y", Redaction.Apply($"{new string('x', 5_000)} 12 or 345 y", PersonalData.All, [slow]));
    }

    [Theory]
    [InlineData("Order", "x")]
    [InlineData("order", "(")]
    [InlineData("order", "x*")]
    public void A_pattern_without_use_is_refused(string name, string pattern)
    {
        Assert.False(RedactionPattern.TryMake(name, pattern, out _, out var problem));
        Assert.Contains(name == "Order" ? name : pattern, problem, StringComparison.Ordinal);
    }
}
