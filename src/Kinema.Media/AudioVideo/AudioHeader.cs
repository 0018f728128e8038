namespace Kinema.Media.AudioVideo;

/// <summary>Checks the type and structure of WAV and MP3 files without starting a program.</summary>
internal static class AudioHeader
{
    /// <summary>Range in which an MP3 must have its first frames, bytes; ffmpeg looks as far.</summary>
    private const int FirstFramesWithin = 64 << 10;

    /// <summary>Frames in a row that tell an MP3 without a mark at its beginning from other bytes.</summary>
    private const int TellingFrames = 6;

    /// <summary>Detects the content type; also of an MP3 that begins with padding, tags or the rest of something else.</summary>
    public static string Sniff(Stream file)
    {
        var head = new byte[ContentTypes.BytesNeeded];
        file.Position = 0;
        var type = ContentTypes.Sniff(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
        return type is "application/octet-stream" or "text/plain" && Mp3Frame.Find(FirstBytes(file), TellingFrames) >= 0 ? "audio/mpeg" : type;
    }

    /// <returns>The problem, or null.</returns>
    public static string? FindProblem(Stream file, string contentType) => contentType == "audio/wav" ? WaveHeader.Read(file).Problem : InMp3(file);

    private static string? InMp3(Stream file) => Mp3Frame.Find(FirstBytes(file), count: 2) < 0 ? "it has no MP3 frames; the file is cut short or damaged" : null;

    private static byte[] FirstBytes(Stream file)
    {
        var start = Mp3Tags.SkipFrom(file, 0);
        var window = new byte[Math.Clamp(file.Length - start, 0, FirstFramesWithin)];
        file.Position = start;
        file.ReadExactly(window);
        return window;
    }
}
