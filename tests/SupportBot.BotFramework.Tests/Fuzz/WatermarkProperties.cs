using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Tests.Fuzz;

public class WatermarkProperties
{
    private static readonly Gen<string?> Anything = Gen.OneOf(
        Gen.Elements<string?>(null, "", "-", "null", "undefined", "NaN", "1e3", "0x1", "٣", "１", "1\0", " 1", "1 ", "+1", "-1", "1,0", "9223372036854775808"),
        ArbMap.Default.GeneratorFor<string?>(),
        ArbMap.Default.GeneratorFor<long>().Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)),
        Gen.Choose(0, 12).Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void A_watermark_reads_as_it_was_written() => Seeded.Check(Prop.ForAll(
        ArbMap.Default.ArbFor<long>().Filter(sequence => sequence >= 0),
        sequence => Watermark.Parse(Watermark.Format(sequence)) == sequence));

    [Fact]
    public void Anything_is_a_watermark_and_what_is_no_number_is_the_start() => Seeded.Check(
        Prop.ForAll(Anything.ToArbitrary(), text =>
        {
            var sequence = Watermark.Parse(text);
            var isNumber = text is { Length: > 0 } && text.All(char.IsAsciiDigit) && decimal.Parse(text, CultureInfo.InvariantCulture) <= long.MaxValue;
            return isNumber ? sequence.ToString(CultureInfo.InvariantCulture) == text!.TrimStart('0').PadLeft(1, '0') : sequence == 0;
        }),
        examples: 2_000);

    /// <summary>
    /// Whatever a client asks for while the conversation grows: it is told where it stands, nothing is left out between
    /// two of its pages, and asking on from what it was told never leads back.
    /// </summary>
    [Fact]
    public void A_reader_that_goes_on_from_its_watermark_never_goes_back_and_misses_nothing()
    {
        var steps = Gen.OneOf(
            Gen.Constant<string?>("append"),
            Gen.Constant<string?>("read on"),
            Anything.Select(text => (string?)("read " + text)));

        Seeded.Check(Prop.ForAll(steps.ListOf().Resize(60).ToArbitrary(), async script =>
        {
            var time = TimeProvider.System;
            var log = new InMemoryActivityLog(new ConversationSignals(time, NullLogger<ConversationSignals>.Instance), time);
            await log.StartAsync(new ConversationStart("c", new ChannelAccount(), "demo", null, new Uri("http://x")), default);
            var (stored, mark, seen) = (0L, 0L, new List<long>());
            foreach (var step in script)
            {
                if (step == "append")
                {
                    stored = (await log.AppendAsync("c", Activity.Message("hi"), CancellationToken.None)).Sequence;
                }
                else if (step == "read on")
                {
                    var (sequences, watermark) = await ReadAsync(log, Watermark.Format(mark));
                    if (watermark < mark)
                    {
                        return false;
                    }

                    seen.AddRange(sequences);
                    mark = watermark;
                }
                else
                {
                    var (_, watermark) = await ReadAsync(log, step?["read ".Length..]);
                    if (watermark > stored || watermark < 0)
                    {
                        return false;
                    }
                }
            }

            return seen.SequenceEqual(Enumerable.Range(1, (int)mark).Select(i => (long)i));
        }));
    }

    // As the endpoints do it, a few at a time.
    private static async Task<(IEnumerable<long> Sequences, long Watermark)> ReadAsync(IActivityLog log, string? watermark)
    {
        var after = Watermark.Parse(watermark);
        var page = (await log.ReadAsync("c", after, 3, default))!;
        if (Watermark.IsBeyond(after, page))
        {
            after = 0;
            page = (await log.ReadAsync("c", after, 3, default))!;
        }

        using var frame = ActivityFrame.Create(page.Items, 0, after);
        return (page.Items.Take(frame.Next).Select(item => item.Sequence), frame.Last);
    }
}
