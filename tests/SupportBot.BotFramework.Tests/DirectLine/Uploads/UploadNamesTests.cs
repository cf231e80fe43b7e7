using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public class UploadNamesTests
{
    [Theory]
    [InlineData("receipt.pdf", "receipt.pdf")]
    [InlineData("Fómhar 日本 👋.png", "Fómhar 日本 👋.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\ann\\photo.jpg", "photo.jpg")]
    [InlineData("a\u0000b\r\nc\u202Egpj.exe", "abcgpj.exe")]
    [InlineData("a%22b%0D%0Ac.txt", "a\"bc.txt")]
    [InlineData("100%25.txt", "100%25.txt")]
    [InlineData("..", "file")]
    [InlineData("dir/", "file")]
    [InlineData("   ", "file")]
    [InlineData(".htaccess", ".htaccess")]
    [InlineData(null, "file")]
    public void A_name_keeps_what_people_read(string? sent, string name) => UploadNames.Clean(sent).ShouldBe(name);

    [Fact]
    public void A_long_name_keeps_its_extension_and_no_half_of_a_character()
    {
        var name = UploadNames.Clean(new string('a', 250) + "👋👋" + new string('b', 100) + ".jpeg");

        name.ShouldBe(new string('a', 250) + ".jpeg");
    }

    [Fact]
    public void Names_that_clash_are_numbered()
    {
        var names = new UploadNames();
        var sent = new[] { "x.txt", "x.txt", "X.TXT", "x (1).txt", "noext", "noext", ".env", ".env" };

        sent.Select(names.Unique).ShouldBe(
            ["x.txt", "x (1).txt", "X (2).TXT", "x (1) (1).txt", "noext", "noext (1)", ".env", ".env (1)"]);
    }
}
