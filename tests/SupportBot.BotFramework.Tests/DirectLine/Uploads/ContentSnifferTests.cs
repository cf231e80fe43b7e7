using System.Text;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public class ContentSnifferTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452", "image/png")]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("474946383961010001", "image/gif")]
    [InlineData("5249464624000000574542505650382000", "image/webp")]
    [InlineData("524946462400000057415645666D7420", "audio/wav")]
    [InlineData("52494646240000004156492000000000", "application/octet-stream")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("000000186674797068656963000000006D696631", "image/heic")]
    [InlineData("00000018667479706D69663100000000", "image/heic")]
    [InlineData("0000001866747970697363320000000069736F6D", "application/octet-stream")]
    [InlineData("000000186674797069736F6D0000000069736F6D", "video/mp4")]
    [InlineData("00000018667479704D34412000000000", "audio/mp4")]
    [InlineData("4944330300000000", "audio/mpeg")]
    [InlineData("FFFB90640000", "audio/mpeg")]
    [InlineData("504B0506000000000000", "application/octet-stream")]
    [InlineData("4D5A90000300", "application/octet-stream")]
    [InlineData("7F454C4602010100", "application/octet-stream")]
    [InlineData("D0CF11E0A1B11AE1", "application/octet-stream")]
    [InlineData("FFFE410042004300", "application/octet-stream")]
    [InlineData("C3", "text/plain")]
    [InlineData("C328", "application/octet-stream")]
    [InlineData("EDA080", "application/octet-stream")]
    [InlineData("610062", "application/octet-stream")]
    [InlineData("", "text/plain")]
    public void Bytes_tell_their_type(string head, string type) =>
        ContentSniffer.Detect(Convert.FromHexString(head)).ShouldBe(type);

    [Theory]
    [InlineData("Order TT-123456 – the zip broke.\r\n\tÉire 👋", "text/plain")]
    [InlineData("a,b\n1,2\n", "text/plain")]
    [InlineData("""{"<html>":1}""", "text/plain")]
    [InlineData("<34>Oct 11 22:14:15 host su: failed", "text/plain")]
    [InlineData("1 < 2", "text/plain")]
    [InlineData("\u001b[32mok\u001b[0m", "text/plain")]
    [InlineData("<!doctype html><p>", "text/html")]
    [InlineData("\uFEFF \r\n<HTML>", "text/html")]
    [InlineData("<svg onload=alert(1)>", "text/html")]
    [InlineData("<script>alert(1)</script>", "text/html")]
    [InlineData("<?xml version='1.0'?>", "text/html")]
    [InlineData("<!-- hidden --><script>", "text/html")]
    [InlineData("</p><script>", "text/html")]
    [InlineData("#!/bin/sh\nrm -rf /", "text/x-script")]
    public void Text_is_told_from_markup(string text, string type) =>
        ContentSniffer.Detect(Encoding.UTF8.GetBytes(text)).ShouldBe(type);

    [Theory]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "[Content_Types].xml", "_rels/.rels", "word/document.xml")]
    [InlineData("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "docProps/app.xml", "xl/workbook.xml")]
    [InlineData("application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/presentation.xml")]
    [InlineData("application/zip", "setup.exe", "words/document.xml", "a/word/b")]
    public void An_office_document_is_told_from_another_zip(string type, params string[] entries) =>
        ContentSniffer.Detect(Samples.Zip(entries)).ShouldBe(type);

    [Fact]
    public void A_check_of_text_does_not_depend_on_where_it_is_cut()
    {
        var text = Encoding.UTF8.GetBytes("Grüße 日本語 👋 a");
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var check = new TextCheck();
            check.Feed(text.AsSpan(0, cut)).ShouldBeTrue();
            check.Feed(text.AsSpan(cut)).ShouldBeTrue();
            check.IsComplete.ShouldBeTrue();
        }

        new TextCheck().Feed([0xF0, 0x9F, 0x91, 0x8B]).ShouldBeTrue();
        var half = new TextCheck();
        half.Feed([0xF0, 0x9F]).ShouldBeTrue();
        half.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void A_check_of_text_agrees_with_the_framework_on_any_two_to_four_bytes()
    {
        var random = new Random(20260302);
        var bytes = new byte[4];
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            var some = bytes.AsSpan(0, 1 + (i % 4));
            some[0] |= 0x80;
            var check = new TextCheck();
            var valid = check.Feed(some) && check.IsComplete;
            var printable = !some.ContainsAnyInRange((byte)0, (byte)0x1F) && !some.Contains((byte)0x7F);
            if (printable)
            {
                valid.ShouldBe(System.Text.Unicode.Utf8.IsValid(some), Convert.ToHexString(some));
            }
        }
    }
}
