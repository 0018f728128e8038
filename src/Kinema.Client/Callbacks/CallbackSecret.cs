using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>A secret that signs callbacks.</summary>
public sealed record CallbackSecret
{
    /// <summary>Secret id.</summary>
    public required Guid Id { get; init; }

    /// <summary>First characters of the secret, for identification.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Whether this secret signs <c>Runflow-Signature</c>.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>Label.</summary>
    public string? Label { get; init; }

    /// <summary>The secret in plain text; only in the response that created it.</summary>
    public string? PlainSecret { get; init; }

    /// <summary>Time of the last callback that the secret signed.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Time of the secret's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Label = {Label}, IsCurrent = {IsCurrent}");
        return true;
    }
}
