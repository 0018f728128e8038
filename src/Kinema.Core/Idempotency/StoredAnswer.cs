namespace Kinema.Core.Idempotency;

/// <summary>The answer to a request that changed something, kept for repetitions of the request.</summary>
public sealed record StoredAnswer
{
    public required IdempotencyScope Scope { get; init; }

    /// <summary>SHA-256 of the request's unpacked body.</summary>
    public required ReadOnlyMemory<byte> RequestDigest { get; init; }

    public required int Status { get; init; }

    /// <summary>The answer without its signed URLs; null once the run that it tells of was erased.</summary>
    public required ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Where signed URLs belong in the body, from front to back.</summary>
    public IReadOnlyList<SignedPlace> SignedPlaces { get; init; } = [];

    public string? Location { get; init; }

    /// <summary>The run that the answer tells of; erasing it erases the answer.</summary>
    public Guid? RunId { get; init; }

    /// <summary>How long the key stays taken.</summary>
    public required TimeSpan Lifetime { get; init; }
}

/// <param name="Offset">Byte of the body before which the URL stands.</param>
/// <param name="Kind">The file's kind, as in its URL.</param>
/// <param name="Key">The file's key, as in its URL.</param>
public sealed record SignedPlace(int Offset, string Kind, string Key);
