using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SupportBot.Benchmarks.Measuring;

/// <summary>What all verbs have in common: one result on standard output, an end in any case, and exit codes.</summary>
public static class Measurement
{
    /// <summary>The exit code after Ctrl+C, as shells count: 128 and the number of the signal.</summary>
    private const int Interrupted = 130;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="measure">Measures, and ends what it started in any case.</param>
    /// <param name="limit">When it is given up.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="ct">Interrupts.</param>
    /// <returns>0; 1 when the figures do not count or a program did not start; 130 when interrupted.</returns>
    public static async Task<int> RunAsync(Func<TimeProvider, CancellationToken, Task<IFindings>> measure, TimeSpan limit, bool json, CancellationToken ct)
    {
        var time = TimeProvider.System;
        using var patience = new CancellationTokenSource(limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var findings = await measure(time, ending.Token);
            Console.WriteLine(json ? JsonSerializer.Serialize(findings.ToPlain(), Json) : findings.ToTable());
            if (findings.Flaw is null)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"{findings.Flaw} The figures do not count.");
            return 1;
        }
        catch (BenchmarkFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Given up after {limit.TotalMinutes:0} minutes."));
            return 1;
        }
    }
}
