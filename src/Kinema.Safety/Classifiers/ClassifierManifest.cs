using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Safety.Classifiers;

/// <summary>What a classifier's ONNX file takes and gives, in a JSON file beside it. docs/safety.md describes the members.</summary>
internal sealed record ClassifierManifest
{
    private const int MaxBytes = 1 << 20;
    private const int MaxClasses = 1000;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Name for records.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from and its licence, for people.</summary>
    public string? Source { get; init; }

    /// <summary>The ONNX file, beside the manifest.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the ONNX file, hexadecimal. A file with another one is not used.</summary>
    public required string Sha256 { get; init; }

    public required ClassifierInput Input { get; init; }

    /// <summary>What the scores are before they are compared with thresholds.</summary>
    public ClassifierOutput Output { get; init; } = ClassifierOutput.Probabilities;

    /// <summary>The classes in the order of the scores.</summary>
    public required IReadOnlyList<ClassifierClass> Classes { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, _json);

    /// <returns>The manifest, or the rest of a sentence that says what is wrong with the setting.</returns>
    public static (ClassifierManifest? Manifest, string? Problem) Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return (null, $"must be the manifest of a classifier; there is no file at \"{path}\" (kinema safety install makes one)");
            if (file.Length > MaxBytes)
                return (null, $"must be a manifest of at most {MaxBytes} bytes; \"{path}\" has {file.Length}");

            var manifest = JsonSerializer.Deserialize<ClassifierManifest>(File.ReadAllBytes(path), _json);
            return manifest is null ? (null, $"must be the manifest of a classifier; \"{path}\" is null")
                : manifest.FindProblem() is { } problem ? (null, $"must be a valid manifest; in \"{path}\" {problem}") : (manifest, null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, $"must be the manifest of a classifier; \"{path}\" cannot be read: {e.Message}");
        }
    }

    private string? FindProblem()
    {
        if (Name.Length is 0 or > 200)
            return "name must have 1 to 200 characters";
        if (Model.Length == 0 || Path.GetFileName(Model) != Model)
            return $"model must be the name of a file beside the manifest; got \"{Model}\"";
        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit))
            return $"sha256 must have 64 hexadecimal digits; got \"{Sha256}\"";
        if (Classes.Count is 0 or > MaxClasses || Classes.Any(c => c.Name.Length is 0 or > 100) || Classes.DistinctBy(c => c.Name).Count() != Classes.Count)
            return $"classes must be 1 to {MaxClasses} different names of 1 to 100 characters";
        return Classes.FirstOrDefault(c => c.Threshold is <= 0 or > 1) is { } wrong
            ? FormattableString.Invariant($"the threshold of {wrong.Name} must be above 0 and at most 1; got {wrong.Threshold}")
            : Input.FindProblem();
    }
}

/// <summary>What the scores are.</summary>
internal enum ClassifierOutput
{
    /// <summary>As they are.</summary>
    Probabilities,

    /// <summary>One of all classes: the softmax of the scores.</summary>
    Logits,

    /// <summary>Each class by itself: the logistic function of each score.</summary>
    LogitsPerClass,
}

/// <param name="Name">Name of the class.</param>
/// <param name="Threshold">Score from which it is refused and fails where the operator has set no rules; null: never.</param>
internal sealed record ClassifierClass(string Name, double? Threshold = null);
