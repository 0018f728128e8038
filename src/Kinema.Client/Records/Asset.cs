namespace Kinema.Client;

/// <summary>An uploaded file.</summary>
public sealed record Asset
{
    /// <summary>The asset.</summary>
    public required Guid Id { get; init; }

    /// <summary>As it was announced.</summary>
    public string? Name { get; init; }

    /// <summary>Signed; may be used as an input too.</summary>
    public string? Url { get; init; }

    /// <summary>For example <c>image/jpeg</c>.</summary>
    public string? MimeType { get; init; }

    /// <summary>Bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When the upload was announced.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What an input names: it never expires while the asset lives.</summary>
    public string Reference => $"runflow://assets/{Id}";
}
