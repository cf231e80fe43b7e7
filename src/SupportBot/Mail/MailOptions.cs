using System.ComponentModel.DataAnnotations;

namespace SupportBot.Mail;

/// <summary>Section <c>Mail</c>: an SMTP server for replies to customers who have left. Off without a host.</summary>
public sealed record MailOptions : IValidatableObject
{
    /// <summary>The SMTP server; empty means that no mail is sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65535, ErrorMessage = "from 1 to 65535")]
    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whether the line is encrypted by STARTTLS before anything is said.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>The address that mail comes from.</summary>
    public string? From { get; set; }

    /// <summary>How long an unread reply waits for the customer, seconds.</summary>
    [Range(0, 86_400, ErrorMessage = "from 0 to 86400 seconds")]
    public int AfterSeconds { get; set; } = 300;

    public bool IsOn => !string.IsNullOrEmpty(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !System.Net.Mail.MailAddress.TryCreate(From, out _))
        {
            yield return new ValidationResult("give the address that mail comes from, such as help@shop.example", [nameof(From)]);
        }

        if (Password is { Length: > 0 } && !StartTls && Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            yield return new ValidationResult("use true: the password would travel over an open line", [nameof(StartTls)]);
        }
    }
}
