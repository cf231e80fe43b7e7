using System.Globalization;
using System.Numerics;
using System.Text;
using SupportBot.Company;
using SupportBot.Inquiries;

namespace SupportBot.Tests.Inquiries;

/// <summary>What holds for every text, tried on generated ones; the seeds are fixed.</summary>
public class RedactionProperties
{
    private const int Tries = 2_000;

    private static readonly (string Country, string Bban)[] Accounts =
    [
        ("AT", "nnnnnnnnnnnnnnnn"), ("BE", "nnnnnnnnnnnn"), ("CH", "nnnnncccccccccccc"), ("CY", "nnnnnnnncccccccccccccccc"), ("CZ", "nnnnnnnnnnnnnnnnnnnn"),
        ("DE", "nnnnnnnnnnnnnnnnnn"), ("ES", "nnnnnnnnnnnnnnnnnnnn"), ("FR", "nnnnnnnnnncccccccccccnn"), ("GB", "aaaannnnnnnnnnnnnn"), ("IE", "aaaannnnnnnnnnnnnn"),
        ("IT", "annnnnnnnnncccccccccccc"), ("LC", "aaaacccccccccccccccccccccccc"), ("MT", "aaaannnnncccccccccccccccccc"), ("NL", "aaaannnnnnnnnn"),
        ("NO", "nnnnnnnnnnn"), ("PL", "nnnnnnnnnnnnnnnnnnnnnnnn"), ("SE", "nnnnnnnnnnnnnnnnnnnn"), ("TR", "nnnnnncccccccccccccccc"), ("UA", "nnnnnnccccccccccccccccccc"),
    ];

    [Fact]
    public void Every_valid_card_number_is_found_however_it_is_written()
    {
        var random = new Random(1);
        for (var i = 0; i < Tries; i++)
        {
            var card = Grouped(CardNumber(random), random);
            Redaction.Apply($"I paid with {card}, twice").ShouldBe("I paid with [card], twice", card);
        }
    }

    [Fact]
    public void Every_valid_account_number_of_many_countries_is_found()
    {
        var random = new Random(2);
        for (var i = 0; i < Tries; i++)
        {
            var (country, bban) = Accounts[i % Accounts.Length];
            var iban = Grouped(AccountNumber(country, bban, random), random);
            iban = random.Next(2) == 0 ? iban : iban.ToLowerInvariant();
            Redaction.Apply($"refund it to {iban} please").ShouldBe("refund it to [iban] please", iban);
        }
    }

    [Fact]
    public void Account_numbers_with_one_wrong_digit_are_no_account_numbers()
    {
        var random = new Random(3);
        for (var i = 0; i < Tries; i++)
        {
            var (country, bban) = Accounts[i % Accounts.Length];
            var iban = AccountNumber(country, bban, random).ToCharArray();
            iban[2] = (char)('0' + ((iban[2] - '0' + 1 + random.Next(9)) % 10));
            Redaction.Apply(new string(iban)).ShouldNotContain("[iban]");
        }
    }

    [Fact]
    public void Random_numbers_mostly_stay()
    {
        var random = new Random(4);
        var kept = Enumerable.Range(0, Tries).Count(_ =>
        {
            var number = Number(random, random.Next(4, 20));
            return Redaction.Apply(number) == number;
        });
        kept.ShouldBeGreaterThan(Tries * 85 / 100);
    }

    [Fact]
    public void No_text_makes_it_fail_and_a_redacted_text_stays_as_it_is()
    {
        RedactionPattern.TryMake("greedy", ".+[0-9]", out var greedy, out _).ShouldBeTrue();
        RedactionPattern.TryMake("national_number", "[0-9]{7}[a-w]{1,2}", out var national, out _).ShouldBeTrue();
        var random = new Random(5);
        string[] parts = ["4111 1111 1111 1111", "@", "a@b.ie", "+353 91 555 0134", "IE29AIBK93115212345678", "0", "[", "]", "[card]", " ", "-", ".", "1234567T", "\ud800", "٤١١١", "(", "٥", "\u0001", "x", "é", "\u00a0"];
        for (var i = 0; i < Tries; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (var patterns in (RedactionPattern[][])[[], [national], [greedy, national]])
            {
                var once = Redaction.Apply(text, PersonalData.All, patterns);
                Redaction.Apply(once, PersonalData.All, patterns).ShouldBe(once, text);
            }
        }
    }

    [Theory]
    [InlineData("4")]
    [InlineData("4 ")]
    [InlineData("IE29 ")]
    [InlineData("DE12a")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("+1-")]
    [InlineData("(0")]
    [InlineData("[a")]
    public void A_long_hostile_text_is_searched_to_its_end(string part)
    {
        // Quadratic work on half a million characters would not end in the time a test has.
        var text = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));
        Redaction.Apply(text + " a@b.example").ShouldEndWith("[email]");
    }

    private static string CardNumber(Random random)
    {
        int[] lengths = [13, 14, 15, 16, 16, 16, 19];
        var digits = $"{"34569"[random.Next(5)]}{Number(random, lengths[random.Next(lengths.Length)] - 2)}";
        var sum = digits.Reverse().Select((c, i) => i % 2 == 1 ? c - '0' : (c - '0') * 2 > 9 ? ((c - '0') * 2) - 9 : (c - '0') * 2).Sum();
        return string.Create(CultureInfo.InvariantCulture, $"{digits}{(10 - (sum % 10)) % 10}");
    }

    private static string AccountNumber(string country, string bban, Random random)
    {
        const string LettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var account = string.Concat(bban.Select(kind => LettersAndDigits[kind switch { 'n' => random.Next(10), 'a' => random.Next(10, 36), _ => random.Next(36) }]));
        var number = BigInteger.Parse(string.Concat($"{account}{country}00".Select(c => LettersAndDigits.IndexOf(c).ToString(CultureInfo.InvariantCulture))), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{country}{98 - (int)(number % 97):00}{account}");
    }

    private static string Number(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(10))));

    private static string Grouped(string text, Random random)
    {
        var separator = new[] { "", " ", "-", "\u00a0" }[random.Next(4)];
        var grouped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            grouped.Append(i > 0 && i % 4 == 0 ? separator : "").Append(text[i]);
        }

        return grouped.ToString();
    }
}
