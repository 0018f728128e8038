using System.Security.Cryptography;
using Kinema.Engines;
using Kinema.Motion.Scenes;
using Microsoft.Extensions.Options;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Scenes;

public sealed class DepthNetworkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinema-network-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_network_replaces_the_cues_and_the_analysis_names_its_digest()
    {
        using var scene = Build(Write(TinyNetwork.Bytes()));

        scene.Analysis.Notes.ShouldBeEmpty();
        scene.Analysis.DepthSource.ShouldBe("network");
        scene.Analysis.NetworkDigest.ShouldBe($"depth.onnx sha256:{Convert.ToHexStringLower(SHA256.HashData(TinyNetwork.Bytes()))}");
        scene.Layers.Count.ShouldBe(2);
        scene.Layers[1].Depth.At(0.3, 0.5).ShouldBeGreaterThan(0.9, "the bright square is near");
        scene.Layers[0].Depth.At(0.9, 0.9).ShouldBeLessThan(0.1, "the dark ground is far");
    }

    [Fact]
    public void A_network_with_the_configured_digest_is_used()
    {
        var path = Write(TinyNetwork.Bytes());
        using var scene = Build(path, sha256: Convert.ToHexString(SHA256.HashData(TinyNetwork.Bytes())));
        scene.Analysis.DepthSource.ShouldBe("network");
    }

    [Fact]
    public void A_network_with_another_digest_falls_back_to_the_cues() =>
        ShouldFallBack(Write(TinyNetwork.Bytes()), "not the configured one", sha256: new string('0', 64));

    [Fact]
    public void A_missing_network_falls_back_to_the_cues() => ShouldFallBack(Path.Combine(_folder.FullName, "absent.onnx"), "does not exist");

    [Fact]
    public void A_file_that_is_not_a_network_falls_back_to_the_cues() => ShouldFallBack(Write([1, 2, 3, 4, 5, 6]), "is not a valid ONNX file");

    private static void ShouldFallBack(string path, string why, string sha256 = "")
    {
        using var scene = Build(path, sha256);
        scene.Analysis.DepthSource.ShouldNotBe("network");
        scene.Analysis.NetworkDigest.ShouldBeNull();
        scene.Analysis.Notes[0].ShouldContain(why);
        scene.Analysis.Notes[0].ShouldEndWith("depth comes from the picture's own cues");
    }

    private static Scene Build(string path, string sha256 = "")
    {
        var library = Path.Combine(AppContext.BaseDirectory, "onnxruntime", "libonnxruntime.so");
        using var network = new DepthNetwork(Options.Create(new MotionOptions { DepthModelPath = path, DepthModelSha256 = sha256, OnnxRuntimePath = library }));
        return new SceneBuilder(network).Build(BrightSquare(), 320, 240, TestContext.Current.CancellationToken);
    }

    private static RgbImage BrightSquare()
    {
        using var picture = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(30));
        Cv2.Rectangle(picture, new Rect(60, 70, 90, 100), Scalar.All(220), -1);
        return SyntheticPictures.Image(picture);
    }

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "depth.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
