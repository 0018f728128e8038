using System.Buffers.Binary;

namespace Kinema.Media.AudioVideo;

/// <summary>Chunks of a WAV file (RIFF, or RF64 and BW64 of EBU Tech 3306 for large ones), read without starting a program.</summary>
internal sealed record WaveHeader
{
    private const int MaxChunks = 1000;

    /// <summary>Reason to reject the file, or null.</summary>
    public string? Problem { get; private init; }

    /// <summary>Number of whole files one after the other; a decoder reads the first.</summary>
    public int Recordings { get; private init; }

    /// <summary>Length of the recordings after the first, seconds.</summary>
    public double UnheardSeconds { get; private init; }

    public static WaveHeader Read(Stream file)
    {
        var head = new byte[40];
        var (bytesPerSecond, longSize, position) = (0u, -1L, 0L);
        List<double> recordings = [];
        for (var chunk = 0; chunk < MaxChunks && position + 8 <= file.Length; chunk++)
        {
            file.Position = position;
            var read = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
            long size = BinaryPrimitives.ReadUInt32LittleEndian(read[4..]);
            if (ContentTypes.IsWave(read))
            {
                (bytesPerSecond, longSize, position) = (0, -1, position + 12);
                continue;
            }

            if (read.StartsWith("ds64"u8) && read.Length >= 24)
                longSize = BinaryPrimitives.ReadInt64LittleEndian(read[16..]);
            else if (read.StartsWith("fmt "u8) && read.Length >= 24)
                bytesPerSecond = Math.Max(1, BinaryPrimitives.ReadUInt32LittleEndian(read[16..]));
            else if (read.StartsWith("data"u8))
            {
                if (bytesPerSecond == 0)
                    return recordings.Count > 0 ? Of(recordings) : new() { Problem = "it does not say how its samples are written" };

                var rest = file.Length - position - 8;
                size = size == uint.MaxValue && longSize >= 0 ? longSize : size;
                // Recorders that were cut off leave zero, and streams the largest number: the samples go on to the end.
                size = size == 0 || size > rest ? rest : size;
                recordings.Add(size / (double)bytesPerSecond);
            }

            position += 8 + size + (size & 1);
        }

        return recordings.Count > 0 ? Of(recordings) : new() { Problem = "it has no samples; the file is cut short or damaged" };
    }

    private static WaveHeader Of(List<double> recordings) =>
        new() { Recordings = recordings.Count, UnheardSeconds = Math.Round(recordings.Skip(1).Sum(), 3) };
}
