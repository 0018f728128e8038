using Kinema.Engines;
using Kinema.TestSupport;
using SkiaSharp;

namespace Kinema.Server.Tests.Safety;

/// <summary>Pictures, frames and settings for a server whose checker knows colours; red is what the operator does not want.</summary>
internal static class Colours
{
    public static byte[] RedPicture { get; } = Picture(new(250, 10, 10));

    public static byte[] GreyPicture { get; } = Picture(new(120, 120, 120));

    public static string RedUri { get; } = "data:image/png;base64," + Convert.ToBase64String(RedPicture);

    public static string GreyUri { get; } = "data:image/png;base64," + Convert.ToBase64String(GreyPicture);

    /// <summary>Settings of a server with the classifier that was written into the folder.</summary>
    public static string[] Settings(TemporaryFolder folder, params string[] more) =>
    [
        $"Safety:Classifier={ColourClassifier.WriteTo(folder.FullPath)}",
        $"Safety:OnnxRuntimePath={Path.Combine(AppContext.BaseDirectory, "onnxruntime", "libonnxruntime.so")}",
        .. more,
    ];

    /// <summary>A rule for red.</summary>
    public static string[] Rule(string inputs, string output) =>
        ["Safety:Rules:0:Class=Red", "Safety:Rules:0:Threshold=0.4", $"Safety:Rules:0:Inputs={inputs}", $"Safety:Rules:0:Output={output}"];

    /// <summary>Two seconds of frames with stripes, red where that is wanted and grey elsewhere.</summary>
    public static async IAsyncEnumerable<EngineEvent> Frames(Func<int, bool> isRed)
    {
        var format = new VideoFormat(64, 48, 5, 10);
        yield return new EngineEvent.Started(format, []);
        for (var index = 0; index < format.FrameCount; index++)
            yield return new EngineEvent.Frame(index, Frame(format, isRed(index)));
        await Task.CompletedTask;
    }

    /// <summary>BT.709 in limited range: red is 63, 102, 240.</summary>
    public static byte[] Frame(VideoFormat format, bool isRed)
    {
        var frame = new byte[format.FrameBytes];
        var pixels = format.Width * format.Height;
        for (var i = 0; i < pixels; i++)
            frame[i] = (byte)((isRed ? 63 : 120) + (i % format.Width / 2 % 2 == 0 ? 15 : -15));
        frame.AsSpan(pixels, pixels / 4).Fill(isRed ? (byte)102 : (byte)128);
        frame.AsSpan(pixels * 5 / 4).Fill(isRed ? (byte)240 : (byte)128);
        return frame;
    }

    private static byte[] Picture(SKColor colour)
    {
        using var bitmap = new SKBitmap(400, 300);
        bitmap.Erase(colour);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
