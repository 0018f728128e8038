using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Inputs;

/// <summary>Media of a run as local files by role, or the failure of the run.</summary>
internal sealed record PreparedInputs(IReadOnlyDictionary<MediaRole, MediaInput> Media, IReadOnlyList<RunInput> Inputs, RunFailure? Failure);

/// <summary>A medium in the content store, or the failure to fetch it.</summary>
internal sealed record FetchedMedia(string? Path, string? Digest, long SizeBytes, string? SourceUri, RunFailure? Failure)
{
    public static FetchedMedia Got(string path, string digest, long sizeBytes, string? sourceUri) => new(path, digest, sizeBytes, sourceUri, null);

    public static FetchedMedia Missing(RunFailure failure) => new(null, null, 0, null, failure);
}
