using System.Globalization;
using Kinema.Engines;

namespace Kinema.Media.AudioVideo;

/// <summary>Error messages for video and audio inputs: what is allowed, then what was received.</summary>
internal sealed class InspectionErrors(string noun, MediaLimits limits, string contentType)
{
    /// <summary>Tolerance of duration limits, because codecs work in whole frames, seconds.</summary>
    public const double Tolerance = 0.1;

    private readonly string _what = Article(string.Join(" or ", limits.ContentTypes.Select(ContentTypes.Display))) + " " + noun;

    public TimedMediaInspection WrongType() => Invalid(
        contentType == "application/x-empty" ? $"must be {_what}; the file is empty" : $"must be {_what}; got {ContentTypes.Display(contentType)} by its content");

    public TimedMediaInspection TooManyBytes(long length) => new()
    {
        Problem = MediaProblem.TooLarge,
        ContentType = contentType,
        Message = Invariant($"must be {_what} of at most {limits.MaxBytes / 1e6:0.#} MB; got {length / 1e6:0.##} MB"),
    };

    public TimedMediaInspection TooManyPixels(MovieHeader header, long most) => new()
    {
        Problem = MediaProblem.TooLarge,
        ContentType = contentType,
        Message = Invariant($"must be {_what} with at most {most / 1e6:0.#} million pixels in all its frames; got {header.Frames} frames of {header.Width}×{header.Height} pixels"),
    };

    public TimedMediaInspection Broken(string why) => Invalid($"must be {_what} that can be played; {why}");

    /// <summary>Returns null if the dimensions are allowed.</summary>
    public TimedMediaInspection? CheckDimensions(int width, int height)
    {
        var (shortSide, longSide) = (Math.Min(width, height), Math.Max(width, height));
        if (shortSide < (limits.MinSide ?? 1) || longSide > limits.MaxSide)
            return Invalid($"must be {_what} with sides of {limits.MinSide ?? 1} to {limits.MaxSide} pixels; got {width}×{height} pixels");
        if (limits.MaxPixels is { } pixels && (long)width * height > pixels)
            return Invalid($"must be {_what} of at most {pixels} pixels a frame; got {width}×{height} pixels");
        return limits.MaxAspectRatio is { } ratio && longSide > ratio * shortSide
            ? Invalid(Invariant($"must be {_what} of a shape from 1:{ratio} to {ratio}:1; got {width}×{height} pixels"))
            : null;
    }

    /// <summary>Returns null if the duration is allowed.</summary>
    /// <param name="declared">Declared duration; reported if the trial decode ended before the file did.</param>
    public TimedMediaInspection? CheckDuration(double seconds, double declared)
    {
        if (seconds < (limits.MinSeconds ?? 0) - Tolerance)
            return Invalid(Invariant($"must be {_what}{Lengths()}; got {seconds:0.##} seconds"));
        return limits.MaxSeconds is { } most && seconds > most + Tolerance
            ? Invalid(Invariant($"must be {_what}{Lengths()}; got {Math.Max(seconds, declared):0.##} seconds"))
            : null;
    }

    private string Lengths() => Invariant($" of {limits.MinSeconds ?? 0} to {limits.MaxSeconds} seconds");

    private TimedMediaInspection Invalid(string message) => new() { Problem = MediaProblem.Invalid, ContentType = contentType, Message = message };

    private static string Article(string kinds) => ("AEFHILMNORSX".Contains(kinds[0], StringComparison.Ordinal) ? "an " : "a ") + kinds;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
