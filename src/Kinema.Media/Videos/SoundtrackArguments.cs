using System.Globalization;
using Kinema.Engines;
using Kinema.Media.Timed;

namespace Kinema.Media.Videos;

/// <summary>The part of the encoder's command line that reads, shapes and writes the sound.</summary>
internal static class SoundtrackArguments
{
    private const int SamplesPerSecond = 48_000;

    /// <summary>Long enough that no end clicks, short enough that nobody hears it as a fade, seconds.</summary>
    private const double FadeOut = 0.1;

    /// <summary>As loud as it was: the change of layout alone takes 3 dB from a single channel, as if both speakers were one twice as loud.</summary>
    private const string MonoToStereo = "pan=stereo|c0=c0|c1=c0,";

    public static IReadOnlyList<string> Input(MediaOptions options, Soundtrack? soundtrack) => soundtrack switch
    {
        null => [],
        { Source.HasAudio: false } => throw new ArgumentException("the source of a soundtrack has no sound"),
        _ => RestrictedInput.Arguments(soundtrack.Source.ContentType, soundtrack.Source.Path, options.MaxDecodedPixels),
    };

    public static IReadOnlyList<string> Output(Soundtrack? soundtrack, VideoFormat format) => soundtrack is null
        ? ["-an"]
        : ["-map", "1:a:0", "-af", Filters(soundtrack, (double)format.FrameCount / format.FramesPerSecond), "-c:a", "aac", "-b:a", "160k", "-ar", Say($"{SamplesPerSecond}"), "-ac", "2"];

    /// <summary>Cut to what is to be heard, faded there, and silent to the video's last sample.</summary>
    private static string Filters(Soundtrack soundtrack, double videoSeconds)
    {
        var heard = Math.Min(videoSeconds, Math.Min(soundtrack.Seconds ?? videoSeconds, soundtrack.Source.Seconds ?? videoSeconds));
        var fade = Math.Min(FadeOut, heard / 2);
        return Say($"aresample={SamplesPerSecond}:async=1:first_pts=0,")
            + (StreamDetails.Of(soundtrack.Source) is { SoundChannels: 1 } ? MonoToStereo : "")
            + "aformat=sample_fmts=fltp:channel_layouts=stereo,"
            + Say($"atrim=end={heard:0.######},afade=t=out:st={heard - fade:0.######}:d={fade:0.######},apad=whole_dur={videoSeconds:0.######}");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
