using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinema.Safety.Classifiers;
using Kinema.Safety.Conversion;
using Kinema.TestSupport;

namespace Kinema.Safety.Tests.Conversion;

/// <summary>A converted model against what tfjs computes with the same weights.</summary>
public sealed class ConversionTests
{
    private const double Tolerance = 1e-4;

    private static string Fixtures { get; } = Path.Combine(AppContext.BaseDirectory, "Conversion", "Fixtures", "small");

    private sealed record Expected(string Source, float[] Input, double[] Scores);

    /// <summary>Odd sides, a stride of two with the padding "same", relu6, two outputs a channel: all that the converter knows is in it.</summary>
    [Fact]
    public void A_converted_model_gives_what_tfjs_gives()
    {
        var expected = JsonSerializer.Deserialize<Expected>(File.ReadAllText(Path.Combine(Fixtures, "expected.json")), JsonSerializerOptions.Web)!;
        var model = NsfwJsModel.Convert(Files());
        (model.Width, model.Height, model.Classes).ShouldBe((26, 21, 4));

        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("small.onnx"), model.Bytes);
        var manifest = new ClassifierManifest
        {
            Name = "small",
            Model = "small.onnx",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(model.Bytes)),
            Input = new() { Width = 26, Height = 21, Mean = [0, 0, 0], Deviation = [1, 1, 1] },
            Classes = [new("a"), new("b"), new("c"), new("d")],
        };
        using var classifier = Native.Load(manifest, folder.FullPath);

        var scores = classifier.Classify(ChannelsFirst(expected.Input), CancellationToken.None);

        foreach (var (score, wanted) in scores.Zip(expected.Scores))
            score.ShouldBe(wanted, Tolerance);
    }

    [Theory]
    [InlineData("class_name:\"ReLU\"", "class_name:\"Softplus\"", "is a Softplus, which this converter does not know")]
    [InlineData("\"relu\"", "\"selu\"", "has the activation selu")]
    [InlineData("channels_last", "channels_first", "data_format")]
    [InlineData("name:\"conv/bias\"", "name:\"conv/other\"", "'conv/bias' is missing")]
    [InlineData("shape:[3,3,3,6]", "shape:[3,3,6,3]", "takes 6 channels and gets 3")]
    [InlineData("layers:", "levels:", "not a tfjs layers model")]
    public void A_model_that_the_converter_does_not_know_is_refused_with_the_reason(string old, string now, string reason)
    {
        var files = Files();
        var text = Encoding.UTF8.GetString(files["model.min.js"]);
        text.ShouldContain(old);
        files["model.min.js"] = Encoding.UTF8.GetBytes(text.Replace(old, now, StringComparison.Ordinal));

        Should.Throw<ConversionException>(() => NsfwJsModel.Convert(files)).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_cut_shard_is_refused()
    {
        var files = Files();
        files["group1-shard1of1.min.js"] = Encoding.UTF8.GetBytes("a.exports=\"AAAA\"");

        Should.Throw<ConversionException>(() => NsfwJsModel.Convert(files)).Message.ShouldContain("lies beyond its shards");
    }

    private static Dictionary<string, byte[]> Files() =>
        Directory.EnumerateFiles(Fixtures, "*.js").ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private static float[] ChannelsFirst(float[] values)
    {
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            turned[(i % 3 * (values.Length / 3)) + (i / 3)] = values[i];
        return turned;
    }
}
