using System.ComponentModel.DataAnnotations;

namespace SupportBot.Lookups;

/// <summary>Section <c>Workflows</c>: what look-ups may reach, and what they show there. None of it stands in the company's files.</summary>
public sealed record LookupOptions : IValidatableObject
{
    /// <summary>Hosts that look-ups may ask, exactly: <c>api.shop.example</c>, with <c>:port</c> where it is not the scheme's own.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Addresses by the name that stands for them in look-ups: <c>${orders}</c>. Their hosts are allowed.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses { get; set; } = new Dictionary<string, Uri>();

    /// <summary>Secrets by the name that stands for them in headers: <c>${ORDER_API_TOKEN}</c>.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; set; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in AllowedHosts.Where(h => !Uri.TryCreate($"https://{h}/", UriKind.Absolute, out var address) || address.PathAndQuery != "/" || address.UserInfo != "" || h.Contains('*')))
        {
            yield return new ValidationResult($"'{host}' is no host; write it as api.shop.example or localhost:5001.", [nameof(AllowedHosts)]);
        }

        foreach (var (name, address) in Addresses.Where(a => !a.Value.IsAbsoluteUri || !(a.Value.Scheme == "https" || (a.Value.Scheme == "http" && a.Value.IsLoopback)) || a.Value.UserInfo != ""))
        {
            yield return new ValidationResult($"'{address}' is no address that may be asked; write https://..., or http:// for this machine.", [$"{nameof(Addresses)}:{name}"]);
        }
    }
}
