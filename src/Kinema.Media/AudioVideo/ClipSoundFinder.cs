namespace Kinema.Media.AudioVideo;

/// <summary>Finds the first audio track of a clip that can be decoded.</summary>
internal sealed class ClipSoundFinder(StreamProbe probe, AudioPeak peak)
{
    /// <summary>Shorter audio counts as none, seconds.</summary>
    private const double MinAudioSeconds = 0.05;

    /// <param name="end">Time in the file at which the decoding stops, seconds.</param>
    /// <returns>Null if there is no usable audio.</returns>
    public async Task<ClipSound?> FindAsync(string path, string type, ProbedStreams streams, double end, CancellationToken ct)
    {
        foreach (var (track, stream) in streams.Audio.Index())
        {
            if (stream.SampleRate <= 0 || !RestrictedInput.ClipAudioCodecs.Contains(stream.Codec))
                continue;
            if (await probe.DecodeAudioAsync(type, path, track, stream.SampleRate, end, ct).ConfigureAwait(false) is { IsMostlyLost: false } trial
                && trial.Samples >= stream.SampleRate * MinAudioSeconds)
            {
                return new(track, stream, trial, await peak.MeasureAsync(type, path, track, stream.Channels, end - streams.Start, ct).ConfigureAwait(false));
            }
        }

        return null;
    }
}
