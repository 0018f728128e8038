using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Media;

namespace Kinema.Worker.Inputs;

/// <summary>Failures for unusable media, with field, received and allowed value.</summary>
internal static class InputFailure
{
    /// <param name="field">The medium.</param>
    /// <param name="answer">
    /// What its host answered. Null where none did: then the message is the same for every cause, so that a caller learns nothing about forbidden addresses.
    /// </param>
    public static RunFailure Unreachable(MediaField field, string? answer = null) =>
        Of(FailureCodes.InputMediaUnreachable, $"input.{field.Field.Name} could not be fetched: {answer ?? "the address gave no file"}.");

    public static RunFailure NoAsset(MediaField field) =>
        Of(FailureCodes.InputMediaUnreachable, $"input.{field.Field.Name} names an asset that was not found or has expired.");

    public static RunFailure BadLink(MediaField field) =>
        Of(FailureCodes.InputMediaUnreachable, $"input.{field.Field.Name} is a link of this server that has expired or was changed.");

    public static RunFailure TooLong(MediaField field, long limit, string? answer = null) => Of(
        FailureCodes.InputMediaTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"input.{field.Field.Name} is longer than the {limit} bytes ({limit / 1_000_000.0:0.#} MB) that are allowed{(answer is null ? "" : $": {answer}")}."));

    public static RunFailure Rejected(MediaField field, ImageInspection inspection) => Of(
        inspection.Problem == MediaProblem.TooLarge ? FailureCodes.InputMediaTooLarge : FailureCodes.InputMediaInvalid,
        $"input.{field.Field.Name}: {inspection.Message}");

    public static RunFailure Rejected(MediaField field, TimedMediaInspection inspection) => Of(
        inspection.Problem == MediaProblem.TooLarge ? FailureCodes.InputMediaTooLarge : FailureCodes.InputMediaInvalid,
        $"input.{field.Field.Name} {inspection.Message}");

    /// <param name="atLeast">Shortest duration that leaves something to generate.</param>
    public static RunFailure NothingToMake(MediaField clip, string durationField, int duration, double clipSeconds, int atLeast) => Of(
        FailureCodes.InputMediaInvalid,
        string.Create(
            CultureInfo.InvariantCulture,
            $"input.{durationField} includes the input video and must be longer than it: at least {atLeast} for the {clipSeconds:0.##} seconds of input.{clip.Field.Name}; got {duration}"));

    private static RunFailure Of(string code, string message) => new(code, message, FailureStages.Preprocess);
}
