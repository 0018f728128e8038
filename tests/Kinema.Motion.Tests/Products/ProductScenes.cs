using System.Collections.Concurrent;
using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;
using Kinema.Motion.Shots;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Products;

/// <summary>The product pictures and their scenes, built once for all tests of a class.</summary>
public sealed class ProductScenes : IDisposable
{
    /// <summary>The example prompt in the documentation of the hosted service.</summary>
    public const string OrbitPrompt = "Product rotating slowly on a display pedestal";

    private const int LongSide = 560;

    private readonly ConcurrentDictionary<string, Lazy<ProductScene>> _scenes = new();

    internal ProductScene this[string name] => _scenes.GetOrAdd(name, key => new(() => new ProductScene(ProductPicture.Of(key, LongSide)))).Value;

    public void Dispose()
    {
        foreach (var product in _scenes.Values.Where(product => product.IsValueCreated))
            product.Value.Dispose();
    }

    internal sealed class ProductScene : IDisposable
    {
        private readonly VideoFormat _format;

        public ProductScene(ProductPicture product)
        {
            Product = product;
            var (width, height) = (product.Picture.Width, product.Picture.Height);
            _format = new(width / 2 * 2, height / 2 * 2, 30, 120);
            var plan = CameraPromptParser.Parse(OrbitPrompt, null);
            Scene = new SceneBuilder().Build(product.Picture, width, height, plan.IsOrbit, TestContext.Current.CancellationToken);
            Path = FramedTrajectory.For(plan, Scene, _format.FrameCount, _format.FramesPerSecond, TestContext.Current.CancellationToken);
        }

        public ProductPicture Product { get; }

        internal Scene Scene { get; }

        internal FramedTrajectory Path { get; }

        /// <summary>The luma plane of a frame, 8 bit.</summary>
        public Mat Luma(int frame)
        {
            using var renderer = SceneRenderer.Prepare(Scene, _format, Path.LargestVisibleFraction, TestContext.Current.CancellationToken);
            var pixels = new byte[_format.FrameBytes];
            renderer.Render(Path.At(frame), pixels);
            renderer.CellsFromOutside.ShouldBe(0);
            return Mat.FromPixelData(_format.Height, _format.Width, MatType.CV_8UC1, pixels[..(_format.Width * _format.Height)]).Clone();
        }

        public int LastFrame => _format.FrameCount - 1;

        public void Dispose()
        {
            Scene.Dispose();
            Product.Dispose();
        }
    }
}
