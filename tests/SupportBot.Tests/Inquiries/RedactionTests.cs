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
}
