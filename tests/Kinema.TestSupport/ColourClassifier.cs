using System.Security.Cryptography;
using Kinema.Safety.Classifiers;
using Kinema.Safety.Conversion;

namespace Kinema.TestSupport;

/// <summary>A real ONNX classifier whose answers one can see: it scores how red, green and blue a picture is on the whole. Grey scores nothing.</summary>
public static class ColourClassifier
{
    public const string ManifestName = "colours.json";
    public const string ModelName = "colours.onnx";

    private const int Side = 16;

    /// <summary>Writes classifier and manifest.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="threshold">Threshold of Red by manifest; null for none.</param>
    /// <returns>Path of the manifest.</returns>
    public static string WriteTo(string folder, double? threshold = 0.5)
    {
        var model = Build();
        File.WriteAllBytes(Path.Combine(folder, ModelName), model);
        var manifest = new ClassifierManifest
        {
            Name = "colours",
            Model = ModelName,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(model)),
            Input = new() { Width = Side, Height = Side, Mean = [0, 0, 0], Deviation = [255, 255, 255] },
            Classes = [new("Red", threshold), new("Green"), new("Blue")],
        };
        var path = Path.Combine(folder, ManifestName);
        File.WriteAllBytes(path, manifest.ToJson());
        return path;
    }

    private static byte[] Build()
    {
        var graph = new OnnxGraph("colours");
        graph.AddNode("ReduceMean", ["picture"], "mean", OnnxGraph.Integers("axes", 2, 3), OnnxGraph.Integer("keepdims", 0));
        var weights = graph.AddWeights("weights", [1, -0.5f, -0.5f, -0.5f, 1, -0.5f, -0.5f, -0.5f, 1], 3, 3);
        graph.AddNode("Gemm", ["mean", weights], "excess");
        graph.AddNode("Clip", ["excess", graph.AddWeights("least", [0]), graph.AddWeights("most", [1])], "scores");
        return graph.ToModel(("picture", [3, Side, Side]), ("scores", [3]));
    }
}
