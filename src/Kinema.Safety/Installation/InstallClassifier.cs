using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kinema.Safety.Classifiers;
using Kinema.Safety.Conversion;

namespace Kinema.Safety.Installation;

/// <summary>
/// <c>kinema safety install</c>: fetches nsfwjs's MobileNetV2 and ONNX Runtime through npm, converts the one and keeps of the other its library. What is there is
/// not fetched again.
/// </summary>
public static class InstallClassifier
{
    public const string ManifestName = "nsfwjs-mobilenet_v2.json";

    private const string ModelName = "nsfwjs-mobilenet_v2.onnx";
    private const string ModelFolder = "package/dist/models/mobilenet_v2/";
    private const double Threshold = 0.7;

    /// <summary>Version 4.3.0, MIT, 25 MB.</summary>
    internal static NpmPackage NsfwJs { get; } = new("nsfwjs", "4.3.0", "WTKDte0vp1X97N1h34P79G/hG+sVT3+TnDz9di1WseIJR93v11E4viNX7Vg9WsO6HYoR772Nzq2iM8jo3XBZ+g==");

    /// <summary>Version 1.30.0, MIT, 114 MB: the libraries of all platforms.</summary>
    internal static NpmPackage OnnxRuntime { get; } =
        new("onnxruntime-node", "1.30.0", "twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==");

    /// <param name="folder">Where the files go.</param>
    /// <param name="npm">The program.</param>
    /// <param name="withRuntime">Whether ONNX Runtime's library is brought too.</param>
    /// <param name="report">What is being done.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Path of the manifest, for <c>Safety:Classifier</c>.</returns>
    /// <exception cref="InstallationException">A package cannot be fetched, or is not what was expected.</exception>
    public static async Task<string> HandleAsync(string folder, string npm, bool withRuntime, Action<string> report, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var scratch = Directory.CreateTempSubdirectory("kinema-safety-");
        try
        {
            if (IsModelThere(folder))
                report($"{ModelName} is there");
            else
                await InstallModelAsync(folder, npm, scratch.FullName, report, ct).ConfigureAwait(false);

            if (withRuntime && !File.Exists(Path.Combine(folder, OnnxLibrary.FileName)))
                await InstallRuntimeAsync(folder, npm, scratch.FullName, report, ct).ConfigureAwait(false);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Path.Combine(folder, ManifestName);
    }

    /// <summary>Converts the model that the files of the package hold, and describes it.</summary>
    internal static (ConvertedModel Model, ClassifierManifest Manifest) Convert(IReadOnlyDictionary<string, byte[]> files)
    {
        try
        {
            var model = NsfwJsModel.Convert(files.ToDictionary(file => file.Key[ModelFolder.Length..], file => file.Value));
            return (model, Describe(model));
        }
        catch (ConversionException e)
        {
            throw new InstallationException($"the model of {NsfwJs.Name} {NsfwJs.Version} cannot be converted: {e.Message}", e);
        }
    }

    internal static bool IsOfModel(string name) => name.StartsWith(ModelFolder, StringComparison.Ordinal) && name.EndsWith(".min.js", StringComparison.Ordinal);

    private static async Task InstallModelAsync(string folder, string npm, string scratch, Action<string> report, CancellationToken ct)
    {
        report($"fetching {NsfwJs.Name} {NsfwJs.Version} (MIT, 25 MB)");
        var files = await NsfwJs.ReadAsync(await NsfwJs.FetchAsync(npm, scratch, ct).ConfigureAwait(false), IsOfModel, ct).ConfigureAwait(false);
        report("converting its MobileNetV2 to ONNX");
        var (model, manifest) = Convert(files);
        await WriteAsync(Path.Combine(folder, ModelName), model.Bytes, ct).ConfigureAwait(false);
        // Last: who finds a manifest finds the model.
        await WriteAsync(Path.Combine(folder, ManifestName), manifest.ToJson(), ct).ConfigureAwait(false);
    }

    private static async Task InstallRuntimeAsync(string folder, string npm, string scratch, Action<string> report, CancellationToken ct)
    {
        if (LibraryName() is not { } library)
        {
            report($"{OnnxRuntime.Name} has no library for {RuntimeInformation.RuntimeIdentifier}; set Safety:OnnxRuntimePath");
            return;
        }

        report($"fetching {OnnxRuntime.Name} {OnnxRuntime.Version} (MIT, 114 MB)");
        var archive = await OnnxRuntime.FetchAsync(npm, scratch, ct).ConfigureAwait(false);
        var files = await OnnxRuntime.ReadAsync(archive, name => name == library, ct).ConfigureAwait(false);
        var content = files.Values.FirstOrDefault() ?? throw new InstallationException($"{OnnxRuntime.Name} {OnnxRuntime.Version} has no {library}");
        await WriteAsync(Path.Combine(folder, OnnxLibrary.FileName), content, ct).ConfigureAwait(false);
    }

    private static string? LibraryName() => (OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), RuntimeInformation.ProcessArchitecture) switch
    {
        (true, _, Architecture.X64) => "package/bin/napi-v6/linux/x64/libonnxruntime.so.1",
        (true, _, Architecture.Arm64) => "package/bin/napi-v6/linux/arm64/libonnxruntime.so.1",
        (_, true, Architecture.Arm64) => "package/bin/napi-v6/darwin/arm64/libonnxruntime.1.30.0.dylib",
        _ => null,
    };

    private static bool IsModelThere(string folder)
    {
        var path = Path.Combine(folder, ManifestName);
        return File.Exists(path) && ClassifierManifest.Read(path).Manifest is { } manifest && Path.Combine(folder, manifest.Model) is var model
            && File.Exists(model) && System.Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(model))) == manifest.Sha256;
    }

    /// <summary>nsfwjs divides by 255, stretches every picture to the input's size and interpolates with the corners aligned (its core.js).</summary>
    private static ClassifierManifest Describe(ConvertedModel model) => new()
    {
        Name = $"{NsfwJs.Name} {NsfwJs.Version} mobilenet_v2",
        Source = $"npm package {NsfwJs.Name} {NsfwJs.Version}, MIT; converted by kinema safety install",
        Model = ModelName,
        Sha256 = System.Convert.ToHexStringLower(SHA256.HashData(model.Bytes)),
        Input = new() { Width = model.Width, Height = model.Height, Resize = ClassifierResize.Corners, Mean = [0, 0, 0], Deviation = [255, 255, 255] },
        Classes = [new("Drawing"), new("Hentai", Threshold), new("Neutral"), new("Porn", Threshold), new("Sexy")],
    };

    private static async Task WriteAsync(string path, byte[] content, CancellationToken ct)
    {
        var part = path + ".part";
        await File.WriteAllBytesAsync(part, content, ct).ConfigureAwait(false);
        File.Move(part, path, overwrite: true);
    }
}
