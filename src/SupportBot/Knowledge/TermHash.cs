namespace SupportBot.Knowledge;

/// <summary>
/// Terms as 32-bit numbers: what the index keeps of a passage is a few arrays of them instead of strings and sets, and needs no vocabulary
/// that all passages share. Of 100,000 terms about one pair falls together, which no ranking feels.
/// </summary>
internal static class TermHash
{
    /// <summary>FNV-1a over the UTF-16 units, mixed so that the low bits can be used alone.</summary>
    public static int Of(ReadOnlySpan<char> term)
    {
        var hash = 2_166_136_261u;
        foreach (var c in term)
        {
            hash = (hash ^ c) * 16_777_619u;
        }

        hash ^= hash >> 15;
        hash *= 0x2c1b3c6du;
        hash ^= hash >> 12;
        return (int)hash;
    }
}
