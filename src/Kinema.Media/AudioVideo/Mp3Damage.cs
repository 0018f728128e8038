namespace Kinema.Media.AudioVideo;

/// <summary>
/// Measures damage in an MP3 file. Decoders skip bytes that do not start a frame, so the file only seems shorter. Counts only bytes between
/// frames; tags may precede and follow them.
/// </summary>
internal static class Mp3Damage
{
    /// <summary>Longer than two frames of the largest size.</summary>
    private const int Window = 4096;

    /// <summary>Shorter gaps are seams between recordings, not damage, seconds.</summary>
    private const double Least = 0.05;

    public static async Task<double> MeasureAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return await Task.Run(() => Measure(file, ct), ct).ConfigureAwait(false);
    }

    private static double Measure(Stream file, CancellationToken ct)
    {
        var (audioSeconds, audioBytes, junk, pending) = (0.0, 0L, 0L, 0L);
        var window = new byte[Window];
        var at = Mp3Tags.SkipFrom(file, 0);
        while (at + Mp3Frame.HeaderBytes <= file.Length)
        {
            ct.ThrowIfCancellationRequested();
            if (Mp3Frame.Read(Fill(file, at, window.AsSpan(0, Mp3Frame.HeaderBytes))) is { } frame)
            {
                (junk, pending) = (junk + pending, 0);
                (audioSeconds, audioBytes, at) = (audioSeconds + frame.Seconds, audioBytes + frame.Length, at + frame.Length);
                continue;
            }

            var next = Mp3Tags.SkipFrom(file, at);
            if (next == at)
            {
                next = Next(file, at + 1, window, ct);
                pending += audioBytes > 0 ? next - at : 0;
            }

            at = next;
        }

        var lost = audioBytes == 0 ? 0 : junk * audioSeconds / audioBytes;
        return lost < Least ? 0 : lost;
    }

    private static long Next(Stream file, long from, byte[] window, CancellationToken ct)
    {
        // Windows overlap by half, so that one of them always contains two frames.
        for (var at = from; at + Mp3Frame.HeaderBytes <= file.Length; at += Window / 2)
        {
            ct.ThrowIfCancellationRequested();
            if (Mp3Frame.Find(Fill(file, at, window), count: 2) is >= 0 and var found)
                return at + found;
        }

        return file.Length;
    }

    private static ReadOnlySpan<byte> Fill(Stream file, long at, Span<byte> window)
    {
        file.Position = at;
        return window[..file.ReadAtLeast(window, window.Length, throwOnEndOfStream: false)];
    }
}
