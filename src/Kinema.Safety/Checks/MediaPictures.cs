using System.Runtime.CompilerServices;
using Kinema.Engines;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Checks;

/// <summary>Decodes what is checked, with the product's own readers: pictures in this process, videos in a locked-down ffmpeg that scales them down.</summary>
internal sealed class MediaPictures(IImageReader images, IVideoReader videos)
{
    /// <summary>Of a clip of any rate, twice as often as needed: where a reader's frame of a second lies within that second is not ours to say.</summary>
    private const int FramesPerSecond = 2;

    /// <summary>Reads a video of a constant rate, sampled as <see cref="FrameWatch"/> does, and the pictures beside it.</summary>
    public async IAsyncEnumerable<float[]> ReadAsync(
        MediaInput video, VideoFormat format, IReadOnlyList<MediaInput> beside, PictureReader pictures, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var medium in beside)
            yield return pictures.Read(images.Read(medium, ct));

        var (width, height) = pictures.EvenSize;
        var last = new byte[width * height * 3 / 2];
        var index = 0;
        await foreach (var frame in videos.ReadAsync(video, width, height, format.FramesPerSecond, ct).ConfigureAwait(false))
        {
            if (index++ % format.FramesPerSecond == 0)
                yield return pictures.Read(width, height, frame.Span);
            frame.CopyTo(last);
        }

        // Whichever it is: a file may have a frame less than it says.
        yield return pictures.Read(width, height, last);
    }

    public async IAsyncEnumerable<float[]> ReadAsync(MediaInput medium, PictureReader pictures, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!medium.ContentType.StartsWith("video/", StringComparison.Ordinal))
        {
            yield return pictures.Read(images.Read(medium, ct));
            yield break;
        }

        var (width, height) = pictures.EvenSize;
        await foreach (var frame in videos.ReadAsync(medium, width, height, FramesPerSecond, ct).ConfigureAwait(false))
            yield return pictures.Read(width, height, frame.Span);
    }

    public async IAsyncEnumerable<float[]> ReadAsync(
        ReadOnlyMemory<byte> content, string contentType, string digest, PictureReader pictures, [EnumeratorCancellation] CancellationToken ct)
    {
        // The readers take files; this one is gone when it has been read.
        var path = Path.Combine(Path.GetTempPath(), $"kinema-{Guid.CreateVersion7():N}");
        try
        {
            await File.WriteAllBytesAsync(path, content, ct).ConfigureAwait(false);
            var medium = new MediaInput { Path = path, Digest = digest, ContentType = contentType, SizeBytes = content.Length };
            await foreach (var picture in ReadAsync(medium, pictures, ct).ConfigureAwait(false))
                yield return picture;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
