namespace SupportBot.Company;

/// <summary>The company's facts as they are now; replaced as a whole when its files change.</summary>
public sealed class CurrentCompany
{
    private volatile Snapshot? _snapshot;

    public CompanyFacts Facts => Current.Facts;

    public BusinessHours Hours => Current.Hours;

    private Snapshot Current => _snapshot ?? throw new InvalidOperationException("The company's files have not been read yet.");

    public void Set(CompanyFacts facts) => _snapshot = new Snapshot(facts, BusinessHours.Of(facts));

    private sealed record Snapshot(CompanyFacts Facts, BusinessHours Hours);
}
