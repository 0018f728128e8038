using Kinema.Engines;

namespace Kinema.Media;

/// <summary>Makes a video unrecognisable: what it was cannot be got back.</summary>
public interface IVideoBlur
{
    /// <summary>Writes the blurred video with its sound, and its middle and last frame as pictures.</summary>
    /// <param name="video">An MP4 of the output contract; read as an untrusted file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="target">Where the files go.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="EncodingException">It failed.</exception>
    Task BlurAsync(string video, VideoFormat format, BlurredFiles target, CancellationToken ct);
}

/// <param name="Video">Path of the MP4.</param>
/// <param name="Poster">Path of the middle frame, JPEG.</param>
/// <param name="LastFrame">Path of the last frame, PNG.</param>
public sealed record BlurredFiles(string Video, string Poster, string LastFrame);
