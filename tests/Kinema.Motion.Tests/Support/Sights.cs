using System.Collections.Concurrent;
using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using Kinema.Motion.Words;

namespace Kinema.Motion.Tests.Support;

/// <summary>The sample photographs as scenes, understood once for all tests of a class, and small.</summary>
public sealed class Sights : IDisposable
{
    private readonly Studio _studio = new();
    private readonly ConcurrentDictionary<string, Lazy<Scene>> _scenes = new();

    internal Scene this[string sample] => _scenes.GetOrAdd(sample, name => new(() => Build(name))).Value;

    public static VideoFormat FormatOf(string sample, int seconds = 2)
    {
        var size = Path.GetFileNameWithoutExtension(sample).Split('-')[^1].Split('x');
        var (width, height) = (int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(size[1], System.Globalization.CultureInfo.InvariantCulture));
        var scale = Math.Sqrt(640.0 * 480 / (width * height));
        return new(2 * (int)(width * scale / 2), 2 * (int)(height * scale / 2), 30, seconds * 30);
    }

    internal CameraPath PathOf(string sample, string prompt, int seconds = 2) =>
        CameraPath.For(CameraWords.Read(prompt, null), this[sample], seconds * 30, 30, TestContext.Current.CancellationToken);

    /// <summary>Every frame, in order.</summary>
    internal void Watch(string sample, string prompt, Action<byte[], VideoFormat> see)
    {
        var format = FormatOf(sample);
        var path = PathOf(sample, prompt);
        using var renderer = SceneRenderer.Prepare(this[sample], format, path.Widest, TestContext.Current.CancellationToken);
        var frame = new byte[format.FrameBytes];
        for (var i = 0; i < format.FrameCount; i++)
        {
            renderer.Render(path.At(i), frame);
            see(frame, format);
        }

        renderer.CellsFromOutside.ShouldBe(0, $"{sample}: {prompt}");
    }

    public void Dispose()
    {
        foreach (var scene in _scenes.Values.Where(scene => scene.IsValueCreated))
            scene.Value.Dispose();
        _studio.Dispose();
    }

    private Scene Build(string sample)
    {
        var format = FormatOf(sample);
        var image = _studio.Reader.Read(Studio.Input(Studio.Sample(sample)), TestContext.Current.CancellationToken);
        return new SceneBuilder().Build(image, format.Width, format.Height, TestContext.Current.CancellationToken);
    }
}
