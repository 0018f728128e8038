using System.Runtime.InteropServices;
using Kinema.Engines;

namespace Kinema.Media.Tests.Support;

/// <summary>The sound of a file as the product encodes it.</summary>
internal static class EncodedSound
{
    /// <summary>Encodes two seconds with a clip's or a file's sound and returns the left channel at 48 kHz.</summary>
    public static async Task<float[]> EncodeAsync(this MediaServices media, Folder folder, MediaInput source, CancellationToken ct)
    {
        var format = new VideoFormat(64, 64, 30, 60);
        var output = folder.Path("out.mp4");
        await using (var encoding = media.Encoder.Start(format, output, new Dictionary<string, string>(), new Soundtrack(source, null)))
        {
            for (var frame = 0; frame < format.FrameCount; frame++)
                await encoding.WriteAsync(new byte[format.FrameBytes], ct);
            await encoding.FinishAsync(ct);
        }

        return Listen(output);
    }

    /// <summary>One channel of a file's sound at its own rate.</summary>
    public static float[] Listen(string path, string channel = "FL") =>
        MemoryMarshal.Cast<byte, float>(Tool.RunBytes("ffmpeg", ["-v", "error", "-i", path, "-af", $"pan=mono|c0={channel}", "-f", "f32le", "pipe:1"])).ToArray();
}
