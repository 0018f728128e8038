using System.Globalization;
using System.Runtime.InteropServices;
using Kinema.Engines;
using Kinema.Media.Ffmpeg;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Decodes with a restricted ffmpeg process, at most the requested length.</summary>
internal sealed class AudioReader(IOptions<MediaOptions> options, TimeProvider timeProvider, ILogger<AudioReader> logger) : IAudioReader
{
    public async Task<float[]> ReadAsync(MediaInput audio, int samplesPerSecond, double seconds, CancellationToken cancellationToken)
    {
        var longest = Math.Min(seconds, TimeLimit.MaxMediaSeconds);
        var samples = new float[(int)(Math.Min(longest, audio.Seconds + 1 ?? longest) * samplesPerSecond)];
        var media = options.Value;
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error",
            .. RestrictedInput.Arguments(audio.ContentType, audio.Path, media.MaxDecodedPixels),
            "-map", string.Create(CultureInfo.InvariantCulture, $"0:a:{StreamDetails.Read(audio)?.AudioTrack ?? 0}"), "-vn", "-sn", "-dn",
            "-af", string.Create(CultureInfo.InvariantCulture, $"aresample={samplesPerSecond}:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=mono"),
            "-t", longest.ToString("0.######", CultureInfo.InvariantCulture),
            "-protocol_whitelist", "pipe", "-f", "f32le", "pipe:1",
        ];

        var output = DecoderProcess.Start(media, arguments, "audio", timeProvider, logger);
        await using var ending = output.ConfigureAwait(false);
        var count = await FillAsync(output, samples, cancellationToken).ConfigureAwait(false);
        if (count < samples.Length)
            await output.FinishAsync(cancellationToken).ConfigureAwait(false);
        if (count == 0 && samples.Length > 0)
            throw output.Broken("the decoder returned none");

        var heard = samples.AsSpan(0, count);
        Normalise(heard);
        return heard.ToArray();
    }

    /// <summary>Turns down what exceeds full scale as a whole, so that its shape stays.</summary>
    private static void Normalise(Span<float> samples)
    {
        var peak = 1f;
        foreach (ref var sample in samples)
        {
            sample = float.IsFinite(sample) ? sample : 0;
            peak = Math.Max(peak, Math.Abs(sample));
        }

        if (peak == 1)
            return;
        foreach (ref var sample in samples)
            sample /= peak;
    }

    private static async Task<int> FillAsync(DecoderProcess output, float[] samples, CancellationToken ct)
    {
        var bytes = new byte[64 << 10];
        var count = 0;
        while (count < samples.Length)
        {
            var wanted = Math.Min(bytes.Length, (samples.Length - count) * sizeof(float));
            var got = await output.FillAsync(bytes.AsMemory(0, wanted), ct).ConfigureAwait(false);
            var whole = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, got));
            whole.CopyTo(samples.AsSpan(count));
            count += whole.Length;
            if (got < wanted)
                break;
        }

        return count;
    }
}
