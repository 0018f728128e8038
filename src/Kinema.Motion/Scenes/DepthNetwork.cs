using System.Runtime.Loader;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>A monocular depth network from an ONNX file of the operator. The file loads at first use.</summary>
/// <remarks>
/// Input: [1, 3, height, width] RGB, normalised as for ImageNet. Output: relative inverse depth, as in the MiDaS and Depth Anything families.
/// </remarks>
internal sealed class DepthNetwork(IOptions<MotionOptions> options) : IDisposable
{
    private const int LongSide = 518;
    private const int PatchSize = 14;

    private static readonly float[] _mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] _deviation = [0.229f, 0.224f, 0.225f];

    private readonly Lock _loading = new();
    private Loaded? _loaded;

    private sealed record Loaded(InferenceSession? Session, string? Digest, string? Problem);

    public bool IsConfigured => options.Value.DepthModelPath.Length > 0;

    /// <returns>Inverse depth, 0 to 1, 32 bit, at the network's size, and the file's name and digest for the record; or the reason for its absence.</returns>
    public (Mat? Depth, string? Digest, string? Problem) Predict(Mat picture)
    {
        var loaded = Load();
        if (loaded.Session is not { } session)
            return (null, null, loaded.Problem);
        try
        {
            var depth = Run(session, picture);
            return depth is null ? (null, null, Fallback("returned values that are not a depth map")) : (depth, loaded.Digest, null);
        }
        catch (Exception e) when (e is OnnxRuntimeException or ArgumentException or InvalidOperationException or OpenCVException)
        {
            return (null, null, Fallback($"failed ({e.GetType().Name})"));
        }
    }

    public void Dispose() => _loaded?.Session?.Dispose();

    private Loaded Load()
    {
        lock (_loading)
            return _loaded ??= Open();
    }

    private Loaded Open()
    {
        var path = options.Value.DepthModelPath;
        if (!File.Exists(path))
            return new Loaded(null, null, Fallback("does not exist"));
        try
        {
            var bytes = File.ReadAllBytes(path);
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var expected = options.Value.DepthModelSha256;
            if (expected.Length > 0 && !string.Equals(expected, digest, StringComparison.OrdinalIgnoreCase))
                return new Loaded(null, null, Fallback($"has SHA-256 {digest}, not the configured one"));
            RegisterLibrary(options.Value.OnnxRuntimePath);
            using var settings = new SessionOptions { IntraOpNumThreads = options.Value.DepthThreads, InterOpNumThreads = 1 };
            return new Loaded(new InferenceSession(bytes, settings), $"{Path.GetFileName(path)} sha256:{digest}", null);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            return new Loaded(null, null, Fallback("needs the ONNX Runtime library, which is missing (setting Motion:OnnxRuntimePath)"));
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            return new Loaded(null, null, Fallback("is not a valid ONNX file"));
        }
    }

    private static void RegisterLibrary(string library)
    {
        if (library.Length == 0)
            return;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) && System.Runtime.InteropServices.NativeLibrary.TryLoad(library, out var handle) ? handle : 0;
    }

    private static Mat? Run(InferenceSession session, Mat picture)
    {
        var (name, shape) = session.InputMetadata.First() is var input ? (input.Key, input.Value.Dimensions) : default;
        if (shape.Length != 4)
            throw new InvalidOperationException("the network's input is not [1, 3, height, width]");
        var scale = LongSide / (double)Math.Max(picture.Width, picture.Height);
        var size = new Size(shape[3] > 0 ? shape[3] : Fit(picture.Width * scale), shape[2] > 0 ? shape[2] : Fit(picture.Height * scale));
        using var fitted = new Mat();
        Cv2.Resize(picture, fitted, size, interpolation: InterpolationFlags.Area);
        fitted.GetArray(out Vec3b[] pixels);
        var tensor = new DenseTensor<float>([1, 3, size.Height, size.Width]);
        var values = tensor.Buffer.Span;
        for (var i = 0; i < pixels.Length; i++)
        {
            values[i] = ((pixels[i].Item2 / 255f) - _mean[0]) / _deviation[0];
            values[pixels.Length + i] = ((pixels[i].Item1 / 255f) - _mean[1]) / _deviation[1];
            values[(2 * pixels.Length) + i] = ((pixels[i].Item0 / 255f) - _mean[2]) / _deviation[2];
        }

        using var results = session.Run([NamedOnnxValue.CreateFromTensor(name, tensor)]);
        var output = results[0].AsTensor<float>();
        var sides = output.Dimensions;
        return sides.Length < 2 ? null : Normalise([.. output], sides[^2], sides[^1]);

        static int Fit(double side) => Math.Max(PatchSize, (int)Math.Round(side / PatchSize) * PatchSize);
    }

    /// <summary>Maps the 2nd and 98th percentile to 0 and 1, because relative depth has neither scale nor origin.</summary>
    private static Mat? Normalise(float[] values, int height, int width)
    {
        if (height < 2 || width < 2 || values.Length < height * width || Array.Exists(values, value => !float.IsFinite(value)))
            return null;
        var order = values.Take(height * width).Order().ToArray();
        var (low, high) = (order[order.Length / 50], order[order.Length * 49 / 50]);
        if (high - low < 1e-6f)
            return null;
        var depth = new Mat(height, width, MatType.CV_32FC1);
        depth.SetArray(Array.ConvertAll(values[..(height * width)], value => Math.Clamp((value - low) / (high - low), 0, 1)));
        return depth;
    }

    private string Fallback(string problem) => $"the depth network '{Path.GetFileName(options.Value.DepthModelPath)}' {problem}: depth comes from the picture's own cues";
}
