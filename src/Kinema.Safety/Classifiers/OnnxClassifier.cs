using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kinema.Safety.Classifiers;

/// <summary>A loaded classifier: one picture in, a score for each class out. Safe for several threads.</summary>
internal sealed class OnnxClassifier : IDisposable
{
    private const long MaxBytes = 1L << 30;

    private readonly ClassifierManifest _manifest;
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly int[] _shape;

    private OnnxClassifier(ClassifierManifest manifest, InferenceSession session)
    {
        (_manifest, _session) = (manifest, session);
        var (width, height) = (manifest.Input.Width, manifest.Input.Height);
        _input = session.InputMetadata.Keys.First();
        _shape = manifest.Input.Layout == ClassifierLayout.Nchw ? [1, 3, height, width] : [1, height, width, 3];
    }

    /// <exception cref="BrokenClassifierException">The file is not the one of the manifest, or it cannot be run here.</exception>
    public static OnnxClassifier Load(ClassifierManifest manifest, string folder, int threads)
    {
        var path = Path.Combine(folder, manifest.Model);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new BrokenClassifierException($"'{path}' is longer than {MaxBytes} bytes");
            var bytes = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) is var digest && !digest.Equals(manifest.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new BrokenClassifierException($"'{path}' has the SHA-256 {digest} and not that of its manifest; it was changed or is damaged");

            using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, EnableMemoryPattern = true, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            // Threads that wait for work would burn a processor between two runs; freed memory is worth more than the time to get it again.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            var classifier = new OnnxClassifier(manifest, new InferenceSession(bytes, options));
            classifier.Try();
            return classifier;
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new BrokenClassifierException("the ONNX Runtime library is missing or too old (Safety:OnnxRuntimePath; kinema safety install brings it)", e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new BrokenClassifierException($"'{path}' cannot be run: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BrokenClassifierException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <returns>A score of 0 to 1 for each class.</returns>
    /// <exception cref="BrokenClassifierException">The classifier failed, or gave what are no scores.</exception>
    /// <exception cref="OperationCanceledException">The time is up.</exception>
    public double[] Classify(float[] picture, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var run = new RunOptions();
        using var _ = ct.Register(() => run.Terminate = true);
        try
        {
            using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_input, new DenseTensor<float>(picture, _shape))], [_session.OutputMetadata.Keys.First()], run);
            return ToScores(results[0].AsTensor<float>());
        }
        catch (Exception e) when (e is OnnxRuntimeException or ArgumentException or InvalidCastException or NullReferenceException)
        {
            ct.ThrowIfCancellationRequested();
            throw new BrokenClassifierException($"the classifier '{_manifest.Name}' failed: {e.Message}", e);
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>One picture, so that a file that does not fit its manifest is found when it is loaded.</summary>
    private void Try() => Classify(new float[_shape.Aggregate((product, side) => product * side)], CancellationToken.None);

    private double[] ToScores(Tensor<float>? output)
    {
        double[] raw = output is null ? [] : [.. output.Select(value => (double)value)];
        if (raw.Length != _manifest.Classes.Count || !raw.All(double.IsFinite))
            throw new BrokenClassifierException($"the classifier '{_manifest.Name}' gave {raw.Length} scores, not all of them numbers or as many as its manifest has classes ({_manifest.Classes.Count})");
        return _manifest.Output switch
        {
            ClassifierOutput.Logits => Softmax(raw),
            ClassifierOutput.LogitsPerClass => Array.ConvertAll(raw, score => 1 / (1 + Math.Exp(-score))),
            _ => raw,
        };
    }

    private static double[] Softmax(double[] raw)
    {
        var most = raw.Max();
        var powers = Array.ConvertAll(raw, score => Math.Exp(score - most));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
