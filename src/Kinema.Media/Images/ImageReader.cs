using Kinema.Engines;
using Kinema.Media.Images.Colour;
using Kinema.Media.Images.Jpeg;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Images;

/// <summary>Decodes with Skia: colours to sRGB, orientation applied, transparency flattened on white. What Skia leaves out, the file's own structure tells.</summary>
internal sealed class ImageReader(IOptions<MediaOptions> options) : IImageReader
{
    public RgbImage Read(MediaInput input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = ImageFile.Load(input.Path);
        using var codec = file.OpenCodec() ?? throw Broken("its header cannot be read");
        var stored = codec.Info.Size;
        var pixels = (long)stored.Width * stored.Height;
        if (pixels > options.Value.MaxDecodedPixels)
            throw Broken($"{stored.Width}×{stored.Height} pixels are more than the {options.Value.MaxDecodedPixels} that are ever decoded");

        var info = StoredInfo(codec, file);
        using var bitmap = new NativeBuffer(info.BytesSize64);
        Decode(codec, info, bitmap, file);

        cancellationToken.ThrowIfCancellationRequested();
        if (file.Structure.Colour is { } colour)
            SourcePixels.Convert(bitmap.Address, pixels, colour.CreateConversion(), cancellationToken);
        else if (file.Structure.IsAlphaUnused)
            SourcePixels.MakeOpaque(bitmap.Address, pixels);
        return Flatten(bitmap.Address, stored, file.Structure.Origin, cancellationToken);
    }

    /// <summary>
    /// In sRGB and premultiplied, so that flattening on white is one addition a channel. As stored where the structure knows better: in half precision, which keeps
    /// what 16 bit pictures have, or with colours that an alpha of 0 would erase.
    /// </summary>
    private static SKImageInfo StoredInfo(SKCodec codec, ImageFile file)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (file.Structure.Colour is not null)
            return new(width, height, SKColorType.RgbaF16, SKAlphaType.Unpremul, codec.Info.ColorSpace ?? SKColorSpace.CreateSrgb());
        return new(width, height, SKColorType.Rgba8888, file.Structure.IsAlphaUnused ? SKAlphaType.Unpremul : SKAlphaType.Premul, SKColorSpace.CreateSrgb());
    }

    /// <summary>Skia says nothing of a JPEG that ends early, so its data are counted meanwhile.</summary>
    private static void Decode(SKCodec codec, SKImageInfo info, NativeBuffer bitmap, ImageFile file)
    {
        var gap = file.Jpeg is { } jpeg ? Task.Run(() => JpegCompleteness.FindGap(jpeg, file.Content)) : Task.FromResult<string?>(null);
        var result = codec.GetPixels(info, bitmap.Address);
        if (gap.GetAwaiter().GetResult() is { } there)
            throw Broken($"the file is cut short: {there}");
        if (result != SKCodecResult.Success)
            throw Broken(result == SKCodecResult.IncompleteInput ? "the file is cut short" : "its data are damaged");
    }

    private static unsafe RgbImage Flatten(nint rgba, SKSizeI stored, SKEncodedOrigin origin, CancellationToken ct)
    {
        var seen = Orientation.Turn(stored, origin);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(seen.Width * seen.Height * 3));
        fixed (byte* target = pixels)
        {
            for (var y = 0; y < stored.Height; y++)
            {
                ct.ThrowIfCancellationRequested();
                var (start, step) = Orientation.Row(y, stored, origin);
                var from = (byte*)rgba + ((long)y * stored.Width * 4);
                var to = target + (start * 3);
                for (var x = 0; x < stored.Width; x++, from += 4, to += step * 3)
                {
                    var white = 255 - from[3];
                    to[0] = (byte)(from[0] + white);
                    to[1] = (byte)(from[1] + white);
                    to[2] = (byte)(from[2] + white);
                }
            }
        }

        return new RgbImage(seen.Width, seen.Height, pixels);
    }

    private static EngineException Broken(string why) => new($"the image cannot be decoded: {why}") { Code = "INPUT_MEDIA_INVALID" };
}
