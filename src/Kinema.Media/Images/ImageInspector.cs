using System.Globalization;
using System.Runtime.InteropServices;
using Kinema.Engines;
using Kinema.Media.Images.Structure;
using SkiaSharp;

namespace Kinema.Media.Images;

internal sealed class ImageInspector : IImageInspector
{
    /// <summary>Longer headers Skia reads from the file: all that a camera writes is shorter.</summary>
    private const int MaxHeaderBytes = 80_000;

    /// <summary>Some of the pixels, so that a decoder is not at the end of its data when it has read the header.</summary>
    private const int BytesBehindHeader = 64;

    public ImageInspection Inspect(string path, MediaLimits limits)
    {
        // The reader behind keeps what it reads.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Inspect(file, limits, () => SKCodec.Create(path));
    }

    public ImageInspection Inspect(ReadOnlyMemory<byte> bytes, MediaLimits limits)
    {
        using var file = MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        return Inspect(file, limits, () =>
        {
            using var data = SKData.CreateCopy(bytes.Span);
            return SKCodec.Create(data);
        });
    }

    private static ImageInspection Inspect(Stream file, MediaLimits limits, Func<SKCodec?> open)
    {
        var bytes = new BoundedReader(file);
        if (bytes.Length > limits.MaxBytes)
        {
            return Refuse(
                MediaProblem.TooLarge,
                "application/octet-stream",
                $"is too large: {Bytes(bytes.Length)}; at most {Bytes(limits.MaxBytes)} are allowed");
        }

        var type = ContentTypes.Sniff(bytes.Head[..Math.Min(bytes.Head.Length, ContentTypes.BytesNeeded)]);
        if (!limits.ContentTypes.Contains(type))
        {
            var allowed = string.Join(", ", limits.ContentTypes.Select(ContentTypes.Display));
            return Refuse(MediaProblem.Invalid, type, $"is {ContentTypes.Display(type)} by its content; allowed are {allowed}");
        }

        var structure = ImageStructure.Read(bytes, type);
        if (structure.IsAnimated)
            return Refuse(MediaProblem.Invalid, type, $"is an animated {ContentTypes.Display(type)}; a single still frame is allowed");

        using var codec = OpenHeader(bytes, structure.HeaderBytes) ?? open();
        return codec is null
            ? Refuse(MediaProblem.Invalid, type, $"begins like {ContentTypes.Display(type)}, but its header cannot be read; the file is broken or cut short")
            : CheckHeader(codec, structure, type, limits);
    }

    /// <summary>Reads a header at once and leaves only that to Skia, which would open the file anew and read it in small pieces.</summary>
    /// <returns>Null if the header is longer, or needs the whole file.</returns>
    private static SKCodec? OpenHeader(BoundedReader file, long headerBytes)
    {
        if (headerBytes is 0 or > MaxHeaderBytes)
            return null;

        using var data = SKData.CreateCopy(headerBytes <= file.Head.Length ? file.Head : file.ReadBlock(0, headerBytes + BytesBehindHeader, MaxHeaderBytes + BytesBehindHeader));
        return SKCodec.Create(data);
    }

    /// <summary>Reads only the header, so that rejecting a huge image costs no memory.</summary>
    private static ImageInspection CheckHeader(SKCodec codec, ImageStructure structure, string type, MediaLimits limits)
    {
        var size = Orientation.Turn(codec.Info.Size, structure.Origin);
        var hasAlpha = codec.Info.AlphaType != SKAlphaType.Opaque && !structure.IsAlphaUnused;
        var accepted = new ImageInspection(null, null, type, size.Width, size.Height, hasAlpha) { Note = structure.Note };
        var (shortSide, longSide) = (Math.Min(size.Width, size.Height), Math.Max(size.Width, size.Height));
        var pixels = (long)size.Width * size.Height;
        var sides = string.Create(CultureInfo.InvariantCulture, $"{size.Width}×{size.Height} pixels");

        if (pixels > limits.MaxPixels)
            return Refused(MediaProblem.TooLarge, $"has {sides} ({Mega(pixels)} megapixels); at most {Mega(limits.MaxPixels.Value)} megapixels are allowed");
        if (shortSide < limits.MinSide)
            return Refused(MediaProblem.Invalid, $"has {sides}; each side must be at least {limits.MinSide} pixels");
        if (longSide > limits.MaxSide)
            return Refused(MediaProblem.Invalid, $"has {sides}; each side must be at most {limits.MaxSide} pixels");
        if (limits.MaxAspectRatio is { } ratio && longSide > ratio * shortSide)
            return Refused(MediaProblem.Invalid, string.Create(CultureInfo.InvariantCulture, $"has {sides}; its shape must be from 1:{ratio} to {ratio}:1"));
        return codec.FrameCount > 1
            ? Refused(MediaProblem.Invalid, $"is animated ({codec.FrameCount} frames); a single still frame is allowed")
            : accepted;

        ImageInspection Refused(MediaProblem problem, string message) => accepted with { Problem = problem, Message = "the image " + message };
    }

    private static ImageInspection Refuse(MediaProblem problem, string type, string message) => new(problem, "the image " + message, type, 0, 0, false);

    private static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} bytes");

    private static string Mega(long pixels) => (pixels / 1e6).ToString("0.#", CultureInfo.InvariantCulture);
}
