namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>Whether bytes that come piece by piece are plain text: valid UTF-8 without control characters that no text has.</summary>
internal struct TextCheck
{
    private const byte Tab = 0x09;
    private const byte LineFeed = 0x0A;
    private const byte FormFeed = 0x0C;
    private const byte CarriageReturn = 0x0D;
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    private int _missing;
    private byte _low;
    private byte _high;

    /// <summary>Whether the text may end here, that is, not within a character.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>Takes the next piece; <c>false</c> when this is no text.</summary>
    public bool Feed(ReadOnlySpan<byte> piece)
    {
        foreach (var unit in piece)
        {
            if (!Take(unit))
            {
                return false;
            }
        }

        return true;
    }

    // Table 3-7 of the Unicode standard: only the first continuation byte has bounds of its own.
    private bool Take(byte unit)
    {
        if (_missing > 0)
        {
            var fits = unit >= _low && unit <= _high;
            (_missing, _low, _high) = (_missing - 1, 0x80, 0xBF);
            return fits;
        }

        (_missing, _low, _high) = unit switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => default,
        };
        return _missing > 0
            || unit is Tab or LineFeed or FormFeed or CarriageReturn or Escape
            || unit is >= 0x20 and < Delete;
    }
}
