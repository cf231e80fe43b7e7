using System.Globalization;
using System.Runtime.InteropServices;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Sockets;

/// <summary>What sockets cost.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Before">Before the sockets were opened.</param>
/// <param name="Open">With all of them open and quiet.</param>
/// <param name="Left">When all had gone.</param>
/// <param name="Broken">Sockets that did not last.</param>
/// <param name="KeptAlive">Sockets to which the server sent at least one empty frame.</param>
public sealed record SocketsFindings(
    SocketsPlan Plan, ServerMemory Before, ServerMemory Open, ServerMemory Left, int Broken, int KeptAlive) : IFindings
{
    private const double Kilobyte = 1024;

    /// <summary>Managed memory for a socket and its conversation, in KB.</summary>
    public double ManagedPerSocket => (Open.Managed - Before.Managed) / Kilobyte / Plan.Sockets;

    /// <summary>What of it stays when the socket is closed: the conversation with its one message, and the token that was checked. In KB.</summary>
    public double LeftPerConversation => (Left.Managed - Before.Managed) / Kilobyte / Plan.Sockets;

    /// <summary>Real memory of the whole process for a socket and its conversation, in KB; it holds garbage too.</summary>
    public double ResidentPerSocket => (Open.Resident - Before.Resident) / Kilobyte / Plan.Sockets;

    public string? Flaw => Broken > 0 ? $"{Broken} sockets did not last." : null;

    public string ToTable() => string.Create(CultureInfo.InvariantCulture, $"""
        {Plan.Sockets} sockets on {Plan.Sockets} conversations with one message each, quiet for {Plan.Idle.TotalSeconds:0} s, {RuntimeInformation.FrameworkDescription}

                                          managed, KB   resident, KB
        Server before                   {Before.Managed / Kilobyte,13:0}  {Before.Resident / Kilobyte,13:0}
        Sockets open                    {Open.Managed / Kilobyte,13:0}  {Open.Resident / Kilobyte,13:0}
        Sockets closed                  {Left.Managed / Kilobyte,13:0}  {Left.Resident / Kilobyte,13:0}
        Per idle socket                 {ManagedPerSocket,13:0.00}  {ResidentPerSocket,13:0.00}
        of which the conversation's     {LeftPerConversation,13:0.00}

        Kept alive by an empty frame: {KeptAlive} sockets; broken: {Broken}
        """);

    public object ToPlain() => new
    {
        Plan.Sockets,
        IdleSeconds = Plan.Idle.TotalSeconds,
        Runtime = RuntimeInformation.FrameworkDescription,
        Before,
        Open,
        Left,
        ManagedKilobytesPerSocket = ManagedPerSocket,
        LeftKilobytesPerConversation = LeftPerConversation,
        ResidentKilobytesPerSocket = ResidentPerSocket,
        Broken,
        KeptAlive,
    };
}
