using System.Collections.Concurrent;
using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Tests.Support;

/// <summary>Small scenes of the test pictures, built once for all tests of a class.</summary>
public sealed class SceneFixture : IDisposable
{
    /// <summary>Pixels of a frame.</summary>
    private const double Area = 640 * 480;

    private readonly EngineHarness _harness = new();
    private readonly ConcurrentDictionary<string, Lazy<AnalysedPicture>> _pictures = new();

    internal AnalysedPicture this[string picture] => _pictures.GetOrAdd(picture, name => new(() => Analyse(name))).Value;

    internal FramedTrajectory PathOf(string picture, string prompt, int seconds = 2) => PathOf(picture, CameraPromptParser.Parse(prompt, null), seconds);

    internal FramedTrajectory PathOf(string picture, CameraPlan plan, int seconds = 2) =>
        FramedTrajectory.For(plan, this[picture].Scene, seconds * 30, 30, TestContext.Current.CancellationToken);

    /// <summary>Renders every frame, in order.</summary>
    internal void Render(string picture, string prompt, Action<byte[], VideoFormat> onFrame) => Render(picture, PathOf(picture, prompt), (frame, _, format) => onFrame(frame, format));

    /// <param name="every">Interval between rendered frames. The last frame is always rendered.</param>
    internal void Render(string picture, FramedTrajectory path, Action<byte[], int, VideoFormat> onFrame, int every = 1)
    {
        var format = this[picture].Format with { FrameCount = path.FrameCount };
        using var renderer = SceneRenderer.Prepare(this[picture].Scene, format, path.LargestVisibleFraction, TestContext.Current.CancellationToken);
        var frame = new byte[format.FrameBytes];
        for (var i = 0; i < format.FrameCount; i++)
        {
            if (i % every != 0 && i != format.FrameCount - 1)
                continue;
            renderer.Render(path.At(i), frame);
            onFrame(frame, i, format);
        }

        renderer.CellsFromOutside.ShouldBe(0, picture);
    }

    public void Dispose()
    {
        foreach (var picture in _pictures.Values.Where(picture => picture.IsValueCreated))
            picture.Value.Scene.Dispose();
        _harness.Dispose();
    }

    private AnalysedPicture Analyse(string name)
    {
        var path = Pictures.FileOf(_harness, name);
        var image = _harness.Reader.Read(EngineHarness.Input(path), TestContext.Current.CancellationToken);
        var scale = Math.Sqrt(Area / ((double)image.Width * image.Height));
        var format = new VideoFormat(2 * (int)(image.Width * scale / 2), 2 * (int)(image.Height * scale / 2), 30, 60);
        var working = WorkingSize.For(image.Width, image.Height, format);
        return new(path, format, new SceneBuilder().Build(image, working.Width, working.Height, TestContext.Current.CancellationToken));
    }

    internal sealed record AnalysedPicture(string File, VideoFormat Format, Scene Scene);
}
