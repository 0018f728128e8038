namespace Kinema.Client;

/// <summary>A secret that signs callbacks.</summary>
public sealed record CallbackSecret
{
    /// <summary>The secret.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its first characters, to tell secrets apart.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The one that makes <c>Runflow-Signature</c>.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>For people.</summary>
    public string? Label { get; init; }

    /// <summary>The text itself; only in the answer that created it.</summary>
    public string? PlainSecret { get; init; }

    /// <summary>When it last signed.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
