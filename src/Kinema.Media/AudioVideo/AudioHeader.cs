using System.Buffers.Binary;

namespace Kinema.Media.AudioVideo;

/// <summary>Checks the structure of WAV and MP3 files without starting a program.</summary>
internal static class AudioHeader
{
    /// <summary>Range in which an MP3 must have its first two frames, bytes.</summary>
    private const int FirstFramesWithin = 64 << 10;

    private const int MaxChunks = 1000;

    /// <returns>The problem, or null.</returns>
    public static string? FindProblem(Stream file, string contentType) => contentType == "audio/wav" ? InWave(file) : InMp3(file);

    private static string? InWave(Stream file)
    {
        var head = new byte[8];
        var (hasFormat, position) = (false, 12L);
        for (var chunk = 0; chunk < MaxChunks && position + head.Length <= file.Length; chunk++)
        {
            file.Position = position;
            file.ReadExactly(head);
            if (head.AsSpan().StartsWith("data"u8))
                return hasFormat ? null : "it does not say how its samples are written";

            hasFormat |= head.AsSpan().StartsWith("fmt "u8);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            position += 8 + size + (size & 1);
        }

        return "it has no samples; the file is cut short or damaged";
    }

    private static string? InMp3(Stream file)
    {
        var start = Mp3Tags.SkipFrom(file, 0);
        var window = new byte[Math.Clamp(file.Length - start, 0, FirstFramesWithin)];
        file.Position = start;
        file.ReadExactly(window);
        return Mp3Frame.FindTwo(window) < 0 ? "it has no MP3 frames; the file is cut short or damaged" : null;
    }
}
