namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>Damage to bytes.</summary>
internal static class Mutation
{
    public static byte[] Apply(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length + 1);
        var to = Math.Min(bytes.Length, from + random.Next(1, 20));
        var (before, piece, after) = (bytes[..from], bytes[from..to], bytes[to..]);
        return random.Next(6) switch
        {
            0 => [.. before, .. after],
            1 => [.. before, .. piece, .. piece, .. after],
            2 => [.. before, .. HostileBytes.Next(random), .. piece, .. after],
            3 => [.. before, .. HostileBytes.Next(random), .. after],
            4 => [.. before],
            _ => Flip(bytes, random),
        };
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }
}
