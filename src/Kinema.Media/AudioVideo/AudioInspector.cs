using System.Globalization;
using Kinema.Engines;

namespace Kinema.Media.AudioVideo;

internal sealed class AudioInspector(StreamProbe probe, AudioPeak peak, InspectionPipeline inspection) : IAudioInspector
{
    public TimedMediaInspection InspectHeader(Stream audio, MediaLimits limits)
    {
        var type = AudioHeader.Sniff(audio);
        var refuse = Refusals(limits, type);
        if (audio.Length > limits.MaxBytes)
            return refuse.TooManyBytes(audio.Length);
        if (!limits.ContentTypes.Contains(type))
            return refuse.WrongType();

        return AudioHeader.FindProblem(audio, type) is { } problem ? refuse.Broken(problem) : new() { ContentType = type };
    }

    public Task<TimedMediaInspection> InspectAsync(string path, MediaLimits limits, CancellationToken ct) => inspection.RunAsync(
        path,
        file => InspectHeader(file, limits),
        (type, token) => TryAsync(path, limits, type, token),
        (type, limit) => Refusals(limits, type).Broken(limit),
        ct);

    private async Task<TimedMediaInspection> TryAsync(string path, MediaLimits limits, string type, CancellationToken ct)
    {
        var refuse = Refusals(limits, type);
        var (found, problem) = await probe.FindStreamsAsync(type, path, ct).ConfigureAwait(false);
        if (found?.Audio is not [{ SampleRate: > 0 and var rate } stream, ..])
            return refuse.Broken(problem ?? "it has no audio that is read");

        var end = InspectionPipeline.TrialEnd(found, limits);
        if (await probe.DecodeAudioAsync(type, path, track: 0, rate, end, ct).ConfigureAwait(false) is not { } decoded)
            return refuse.Broken("it has far too many frames");
        if (decoded.Samples == 0)
            return refuse.Broken("none of its audio can be decoded");
        // ffprobe skips bytes that are not frames.
        if (type == "audio/mpeg")
            decoded = decoded.WithLost(decoded.LostSeconds + await Mp3Damage.MeasureAsync(path, ct).ConfigureAwait(false), rate);
        if (decoded.IsMostlyLost)
            return refuse.Broken("more than half of its audio is damaged");

        var seconds = Math.Round(decoded.Samples / (double)rate, 3);
        if (refuse.CheckDuration(seconds, found.Declared) is { } wrongLength)
            return wrongLength;

        var wave = type == "audio/wav" ? ReadWave(path) : null;
        var highest = await peak.MeasureAsync(type, path, track: 0, stream.Channels, end - found.Start, ct).ConfigureAwait(false);
        return new()
        {
            ContentType = type,
            Seconds = seconds,
            HasAudio = true,
            LostSeconds = decoded.LostSeconds,
            UnheardSeconds = wave?.UnheardSeconds ?? 0,
            Details = new StreamDetails(null, stream.Channels, AudioPeak: highest, Notes: NoteOn(wave)).Write(),
        };
    }

    private static WaveHeader ReadWave(string path)
    {
        using var file = File.OpenRead(path);
        return WaveHeader.Read(file);
    }

    private static IReadOnlyList<string> NoteOn(WaveHeader? wave) => wave is { Recordings: > 1 }
        ? [string.Create(CultureInfo.InvariantCulture, $"holds {wave.Recordings} recordings one after the other; only the first is heard, {wave.UnheardSeconds:0.##} seconds are not")]
        : [];

    private static InspectionErrors Refusals(MediaLimits limits, string type) => new("audio file", limits, type);
}
