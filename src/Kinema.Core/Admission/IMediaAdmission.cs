using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Checks a medium without downloading it: inline data, existence of an asset, forbidden literal addresses.</summary>
public interface IMediaAdmission
{
    /// <summary>Checks one medium; stores nothing.</summary>
    Task<MediaAdmission> CheckAsync(Guid orgId, MediaField medium, CancellationToken ct);
}

/// <summary>Result of checking one medium.</summary>
public sealed record MediaAdmission
{
    /// <summary>The medium is accepted unchanged.</summary>
    public static MediaAdmission Accepted { get; } = new();

    /// <summary>Error that rejects the run, or null.</summary>
    public FieldError? Refusal { get; init; }

    /// <summary>Inline data to store; a reference to their asset replaces them in the run.</summary>
    public InlineMedia? Inline { get; init; }

    /// <summary>Messages for the run's log.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static MediaAdmission Refused(FieldError error) => new() { Refusal = error };
}

/// <param name="ContentType">Type by content, for example <c>image/png</c>.</param>
/// <param name="Content">Decoded content; it lies in the request's body.</param>
public sealed record InlineMedia(string ContentType, ReadOnlyMemory<byte> Content);
