using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Inputs;

/// <summary>The media of a run as local files by role, or why the run cannot go on.</summary>
internal sealed record PreparedInputs(IReadOnlyDictionary<MediaRole, MediaInput> Media, IReadOnlyList<RunInput> Inputs, RunFailure? Failure);

/// <summary>One medium in the content store, or why it is not there.</summary>
internal sealed record FetchedMedia(string? Path, string? Digest, long SizeBytes, string? SourceUri, RunFailure? Failure)
{
    public static FetchedMedia Got(string path, string digest, long sizeBytes, string? sourceUri) => new(path, digest, sizeBytes, sourceUri, null);

    public static FetchedMedia Missing(RunFailure failure) => new(null, null, 0, null, failure);
}
