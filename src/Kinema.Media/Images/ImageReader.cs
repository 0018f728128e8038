using System.Runtime.InteropServices;
using Kinema.Engines;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Images;

/// <summary>Decodes with Skia: colour profiles to sRGB, orientation applied, transparency flattened on white.</summary>
internal sealed class ImageReader(IOptions<MediaOptions> options) : IImageReader
{
    public RgbImage Read(MediaInput input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var codec = SKCodec.Create(input.Path) ?? throw Broken("its header cannot be read");
        var stored = codec.Info.Size;
        var pixels = (long)stored.Width * stored.Height;
        if (pixels > options.Value.MaxDecodedPixels)
            throw Broken($"{stored.Width}×{stored.Height} pixels are more than the {options.Value.MaxDecodedPixels} that are ever decoded");

        // Premultiplied, so that flattening on white is one addition a channel.
        var info = new SKImageInfo(stored.Width, stored.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using var bitmap = new NativeBuffer(info.BytesSize64);
        var result = codec.GetPixels(info, bitmap.Address);
        if (result != SKCodecResult.Success)
            throw Broken(result == SKCodecResult.IncompleteInput ? "the file is cut short" : "its data are damaged");

        cancellationToken.ThrowIfCancellationRequested();
        return Flatten(bitmap.Address, stored, codec.EncodedOrigin, cancellationToken);
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

    /// <summary>Native memory, freed as soon as the image is copied and not by the garbage collector.</summary>
    private sealed unsafe class NativeBuffer(long bytes) : IDisposable
    {
        public nint Address { get; } = (nint)NativeMemory.AllocZeroed((nuint)bytes);

        public void Dispose() => NativeMemory.Free((void*)Address);
    }
}
