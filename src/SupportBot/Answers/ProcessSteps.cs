namespace SupportBot.Answers;

/// <summary>The names of the last steps of processes in records; slots and look-ups have names of their own.</summary>
public static class ProcessSteps
{
    /// <summary>Answered from an article.</summary>
    public const string Answer = "answer";

    /// <summary>Said what was looked up.</summary>
    public const string Say = "say";

    /// <summary>A ticket was opened.</summary>
    public const string Ticket = "ticket";

    /// <summary>A human was brought in.</summary>
    public const string Human = "human";

    /// <summary>The customer said that it is settled.</summary>
    public const string Solved = "solved";
}
