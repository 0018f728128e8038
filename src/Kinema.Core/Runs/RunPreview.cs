namespace Kinema.Core.Runs;

/// <summary>A small picture of a run under way.</summary>
/// <param name="ContentType">One of <see cref="ContentTypes"/>.</param>
/// <param name="Content">At most <see cref="MaxBytes"/>.</param>
/// <param name="Sequence">Number of the event that announced it; 0 before it is stored.</param>
public sealed record RunPreview(string ContentType, ReadOnlyMemory<byte> Content, long Sequence = 0)
{
    /// <summary>Larger previews are not kept.</summary>
    public const int MaxBytes = 256 * 1024;

    public static IReadOnlyList<string> ContentTypes { get; } = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>Returns why this preview cannot be kept, or null.</summary>
    public string? Refuse() =>
        !ContentTypes.Contains(ContentType) ? $"a preview must be of {string.Join(", ", ContentTypes)}; got {ContentType}"
        : Content.Length is < 1 or > MaxBytes ? $"a preview must have 1 to {MaxBytes} bytes; got {Content.Length}"
        : null;
}

/// <summary>The latest previews of runs under way. A run that has ended has none: its output takes their place.</summary>
public interface IRunPreviews
{
    /// <summary>Returns null if there is no such run or it has no preview.</summary>
    Task<RunPreview?> FindAsync(Guid orgId, Guid runId, CancellationToken ct);
}
