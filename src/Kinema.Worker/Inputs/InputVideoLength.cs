using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Inputs;

/// <summary>
/// The requested duration includes the input video, so an input video of that length leaves nothing to generate. Its length is known only after it has
/// been decoded.
/// </summary>
internal static class InputVideoLength
{
    /// <summary>Minimum length to generate, seconds; also the tolerance for the length of the input video.</summary>
    private const double MinSeconds = 0.1;

    /// <returns>Null if there is something left to generate or no input video.</returns>
    public static RunFailure? Check(ValidatedInput input, IReadOnlyDictionary<MediaRole, MediaInput> media)
    {
        if (!media.TryGetValue(MediaRole.InputVideo, out var video) || video.Seconds is not { } seconds || seconds <= input.DurationSeconds - MinSeconds)
            return null;

        var field = input.MediaFields.First(f => f.Role == MediaRole.InputVideo);
        var duration = input.Model.Inputs.First(f => f.Meaning == FieldMeaning.Duration).Name;
        return InputFailure.NothingToMake(field, duration, input.DurationSeconds, seconds, (int)Math.Ceiling(seconds + MinSeconds));
    }
}
