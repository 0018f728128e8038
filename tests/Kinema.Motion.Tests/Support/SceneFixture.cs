using System.Collections.Concurrent;
using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests.Support;

/// <summary>Pictures as scenes, understood once for all tests of a class, and small.</summary>
public sealed class SceneFixture : IDisposable
{
    /// <summary>Pixels of a frame.</summary>
    private const double Area = 640 * 480;

    private readonly Studio _studio = new();
    private readonly ConcurrentDictionary<string, Lazy<Sight>> _pictures = new();

    internal Sight this[string picture] => _pictures.GetOrAdd(picture, name => new(() => See(name))).Value;

    internal FramedTrajectory PathOf(string picture, string prompt, int seconds = 2) => PathOf(picture, CameraPromptParser.Parse(prompt, null), seconds);

    internal FramedTrajectory PathOf(string picture, CameraPlan plan, int seconds = 2) =>
        FramedTrajectory.For(plan, this[picture].Scene, seconds * 30, 30, TestContext.Current.CancellationToken);

    /// <summary>Every frame, in order.</summary>
    internal void Watch(string picture, string prompt, Action<byte[], VideoFormat> see) => Watch(picture, PathOf(picture, prompt), (frame, _, format) => see(frame, format));

    /// <param name="every">Frames from one that is made to the next; the last one is made always.</param>

    internal void Watch(string picture, FramedTrajectory path, Action<byte[], int, VideoFormat> see, int every = 1)
    {
        var format = this[picture].Format with { FrameCount = path.FrameCount };
        using var renderer = SceneRenderer.Prepare(this[picture].Scene, format, path.LargestVisibleFraction, TestContext.Current.CancellationToken);
        var frame = new byte[format.FrameBytes];
        for (var i = 0; i < format.FrameCount; i++)
        {
            if (i % every != 0 && i != format.FrameCount - 1)
                continue;
            renderer.Render(path.At(i), frame);
            see(frame, i, format);
        }

        renderer.CellsFromOutside.ShouldBe(0, picture);
    }

    public void Dispose()
    {
        foreach (var sight in _pictures.Values.Where(sight => sight.IsValueCreated))
            sight.Value.Scene.Dispose();
        _studio.Dispose();
    }

    private Sight See(string name)
    {
        var path = Pictures.FileOf(_studio, name);
        var image = _studio.Reader.Read(Studio.Input(path), TestContext.Current.CancellationToken);
        var scale = Math.Sqrt(Area / ((double)image.Width * image.Height));
        var format = new VideoFormat(2 * (int)(image.Width * scale / 2), 2 * (int)(image.Height * scale / 2), 30, 60);
        var working = WorkingSize.For(image.Width, image.Height, format);
        return new(path, format, new SceneBuilder().Build(image, working.Width, working.Height, TestContext.Current.CancellationToken));
    }

    internal sealed record Sight(string File, VideoFormat Format, Scene Scene);
}
