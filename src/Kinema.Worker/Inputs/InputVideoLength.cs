using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Worker.Inputs;

/// <summary>
/// The duration asked for is the whole video's, clip included: a clip as long as that leaves nothing to make. This is known only once the clip has
/// been decoded.
/// </summary>
internal static class InputVideoLength
{
    /// <summary>Less than this to make is nothing, seconds: also what a clip's length may differ from the one that was meant.</summary>
    private const double Least = 0.1;

    /// <returns>Null when something is left to make, or there is no clip.</returns>
    public static RunFailure? Check(ValidatedInput input, IReadOnlyDictionary<MediaRole, MediaInput> media)
    {
        if (!media.TryGetValue(MediaRole.InputVideo, out var clip) || clip.Seconds is not { } seconds || seconds <= input.DurationSeconds - Least)
            return null;

        var field = input.MediaFields.First(f => f.Role == MediaRole.InputVideo);
        var duration = input.Model.Inputs.First(f => f.Meaning == FieldMeaning.Duration).Name;
        return InputFailure.NothingToMake(field, duration, input.DurationSeconds, seconds, (int)Math.Ceiling(seconds + Least));
    }
}
