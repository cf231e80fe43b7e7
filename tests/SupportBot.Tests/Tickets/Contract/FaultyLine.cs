using System.Net;
using System.Net.Http.Headers;

namespace SupportBot.Tests.Tickets.Contract;

/// <summary>The line to a ticketing system: it counts the calls, and fails one of them when told to.</summary>
public sealed class FaultyLine() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private int _calls;
    private int _failing;
    private Fault _fault;

    /// <summary>What can happen to a call.</summary>
    public enum Fault
    {
        None,

        /// <summary>It does not arrive.</summary>
        Lost,

        /// <summary>It arrives and has its effect, and nobody hears of it.</summary>
        AnswerLost,

        /// <summary>No answer before the time-out.</summary>
        Silence,

        /// <summary>429 with a wait of 7 seconds.</summary>
        Busy,

        /// <summary>503 with a page of HTML.</summary>
        Unavailable,
    }

    /// <summary>How many calls were made since the last <see cref="Fail"/>.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Fails one call.</summary>
    /// <param name="call">Which one from now on, the next being 1.</param>
    public void Fail(Fault fault, int call = 1)
    {
        (_fault, _failing) = (fault, call);
        Volatile.Write(ref _calls, 0);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _calls) != _failing)
        {
            return await base.SendAsync(request, ct);
        }

        switch (_fault)
        {
            case Fault.Lost:
                throw new HttpRequestException("The line was cut before the call.");
            case Fault.AnswerLost:
                using (await base.SendAsync(request, ct))
                {
                    throw new HttpRequestException("The line was cut after the call.");
                }

            case Fault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                throw new InvalidOperationException("There is no time-out.");
            case Fault.Busy:
                return Answer(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7));
            case Fault.Unavailable:
                return Answer(HttpStatusCode.ServiceUnavailable, wait: null);
            default:
                return await base.SendAsync(request, ct);
        }
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, TimeSpan? wait) => new(status)
    {
        Content = new StringContent("<html><body>Please come back later.</body></html>", MediaTypeHeaderValue.Parse("text/html")),
        Headers = { RetryAfter = wait is { } w ? new RetryConditionHeaderValue(w) : null },
    };
}
