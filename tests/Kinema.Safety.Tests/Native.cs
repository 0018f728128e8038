using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Tests;

/// <summary>The native library of ONNX Runtime that lies beside the tests.</summary>
internal static class Native
{
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "onnxruntime", "libonnxruntime.so");

    public static OnnxClassifier Load(ClassifierManifest manifest, string folder, string? library = null)
    {
        OnnxLibrary.Register(library ?? Library, folder).ShouldBeTrue();
        return OnnxClassifier.Load(manifest, folder, threads: 1);
    }
}
