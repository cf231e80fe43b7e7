using SupportBot.Company;
using Xunit;

namespace SupportBot.Tests.Company;

public class TokenizerTests
{
    [Theory]
    [InlineData("Don\u2019t PANIC!", "dont panic")]
    [InlineData("TT-123456, €4.95", "tt 123456 4 95")]
    [InlineData("\ufb01nd Stra\u00dfe", "find stra\u00dfe")]
    [InlineData("caf\u0065\u0301", "caf\u00e9")]
    public void Words_are_runs_of_letters_and_digits(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokenizer.Words(text)));

    [Theory]
    [InlineData("怎么退货", "怎么 么退 退货")]
    [InlineData("返品OK?", "返品 ok")]
    [InlineData("반품은 어떻게", "반품 품은 어떻 떻게")]
    [InlineData("คืนเงิน", "คืน ืนเ นเง เงิ งิน")]
    [InlineData("茶", "茶")]
    public void Scripts_without_spaces_are_cut_into_overlapping_pairs_or_triples(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokenizer.Words(text)));

    [Fact]
    public void A_run_without_end_is_cut() => Assert.Equal(Tokenizer.LongestWord, Assert.Single(Tokenizer.Words(new string('x', 5_000))).Length);

    [Theory]
    [InlineData("changes", "changing")]
    [InlineData("deliveries", "delivery")]
    [InlineData("boxes", "box")]
    [InlineData("shipped", "ship")]
    [InlineData("tried", "try")]
    public void Forms_of_a_word_share_their_stem(string one, string other) =>
        Assert.Equal(LightStemmer.Stem(one), LightStemmer.Stem(other));

    [Theory]
    [InlineData("glass")]
    [InlineData("status")]
    [InlineData("this")]
    [InlineData("sing")]
    public void What_only_looks_like_an_ending_stays(string word) => Assert.Equal(word, LightStemmer.Stem(word));

    [Fact]
    public void Words_that_mean_the_same_share_a_concept() =>
        Assert.Contains(Thesaurus.Of(Tokenizer.Stems("send back")), Thesaurus.Of(Tokenizer.Stems("a return")).Contains);
}
