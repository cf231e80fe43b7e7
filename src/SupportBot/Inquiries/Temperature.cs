namespace SupportBot.Inquiries;

/// <summary>
/// One number by which scores are divided before they become probabilities, chosen so that held-out examples get the
/// greatest likelihood (Guo et al. 2017). It changes no ranking.
/// </summary>
internal static class Temperature
{
    private const double Coldest = 0.05;
    private const double Hottest = 20;
    private const int Steps = 60;

    /// <summary>The best temperature; 1 without any held-out predictions.</summary>
    public static double Fit(IReadOnlyList<(float[] Logits, int Class)> heldOut)
    {
        if (heldOut.Count == 0)
        {
            return 1;
        }

        // The loss has one valley over the logarithm of the temperature: golden-section search.
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Coldest), Math.Log(Hottest));
        for (var step = 0; step < Steps; step++)
        {
            var left = high - (ratio * (high - low));
            var right = low + (ratio * (high - low));
            if (Loss(heldOut, Math.Exp(left)) < Loss(heldOut, Math.Exp(right)))
            {
                high = right;
            }
            else
            {
                low = left;
            }
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Loss(IReadOnlyList<(float[] Logits, int Class)> heldOut, double temperature)
    {
        var loss = 0.0;
        foreach (var (logits, label) in heldOut)
        {
            var largest = logits.Max() / temperature;
            var sum = logits.Sum(logit => Math.Exp((logit / temperature) - largest));
            loss += largest + Math.Log(sum) - (logits[label] / temperature);
        }

        return loss;
    }
}
