namespace SupportBot.Conversations;

/// <summary>
/// This process among its replicas. A conversation's turns are run by the process that holds its lease, and whoever stores a customer's
/// message takes the lease in the same commit, unless another one holds it.
/// </summary>
public sealed class Instance
{
    /// <summary>Longer than any turn takes; how long a crashed replica's conversations wait for another one.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether no other process holds the conversation's lease.</summary>
    public bool MayRun(Conversation conversation, DateTimeOffset now) =>
        conversation.LeaseOwner is null || conversation.LeaseOwner == Id || conversation.LeaseUntil <= now;

    /// <summary>Takes the lease, or makes it last longer, unless another process holds it.</summary>
    public void TakeLease(Conversation conversation, DateTimeOffset now)
    {
        if (MayRun(conversation, now))
        {
            conversation.LeaseOwner = Id;
            conversation.LeaseUntil = now + LeaseTime;
        }
    }
}
