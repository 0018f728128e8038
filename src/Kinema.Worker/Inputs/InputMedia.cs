using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Inputs;

/// <summary>A run's input as engines and checks take it: the facts found at its inspection, and the file.</summary>
internal static class InputMedia
{
    public static MediaInput Of(RunInput input, string path) => new()
    {
        Path = path,
        SourceUri = input.SourceUri,
        Digest = input.Digest,
        ContentType = input.ContentType,
        SizeBytes = input.SizeBytes,
        Width = input.Width,
        Height = input.Height,
        Seconds = input.Seconds,
        HasAudio = input.HasAudio,
        Details = input.Details,
    };
}
