using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety;

/// <summary>Section <c>Safety</c>: the safety checker. Without <see cref="Classifier"/> there is none.</summary>
public sealed class SafetyOptions : IValidatableObject
{
    public const string Section = "Safety";

    private const int MaxRules = 64;

    /// <summary>Path of a classifier's manifest; <c>kinema safety install</c> makes one. Empty (default): nothing is checked.</summary>
    [MaxLength(4096)]
    public string Classifier { get; set; } = "";

    /// <summary>Path of the ONNX Runtime library. Empty (default): beside the manifest, then beside the program, then the system's search path.</summary>
    [MaxLength(4096)]
    public string OnnxRuntimePath { get; set; } = "";

    /// <summary>Threads of one check. Default 1.</summary>
    [Range(1, 64)]
    public int Threads { get; set; } = 1;

    /// <summary>What happens at which score. Default: classes for which the manifest has a threshold are refused as input and fail as output.</summary>
    public IList<SafetyRule> Rules { get; init; } = [];

    /// <summary>
    /// What happens to prompts that the language model of <c>PromptExpansion:Endpoint</c> calls unsafe. Without such an endpoint nobody judges prompts.
    /// </summary>
    public InputAction Prompts { get; set; } = InputAction.Refuse;

    /// <summary>Whether <c>enable_safety_checker: false</c> of a caller is honoured. Default false.</summary>
    public bool CallersMayDisable { get; set; }

    /// <summary>What happens where the checker does not work: a damaged file, no library, too slow. Default <see cref="BrokenAction.Refuse"/>.</summary>
    public BrokenAction WhenBroken { get; set; } = BrokenAction.Refuse;

    /// <summary>Longest check of one picture or video, seconds. Default 30.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rules.Count > MaxRules)
            yield return new($"must have at most {MaxRules} rules; got {Rules.Count}", [nameof(Rules)]);

        var (manifest, problem) = Classifier.Length == 0 ? (null, null) : ClassifierManifest.Read(Classifier);
        if (problem is not null)
            yield return new(problem, [nameof(Classifier)]);
        if (OnnxRuntimePath.Length > 0 && !File.Exists(OnnxRuntimePath))
            yield return new($"must be the ONNX Runtime library; there is no file at \"{OnnxRuntimePath}\"", [nameof(OnnxRuntimePath)]);

        if (!Enum.IsDefined(Prompts))
            yield return new("has an action that does not exist", [nameof(Prompts)]);
        foreach (var (index, rule) in Rules.Index())
        {
            if (!(rule.Threshold is > 0 and <= 1))
                yield return new(string.Create(CultureInfo.InvariantCulture, $"must be above 0 and at most 1; got {rule.Threshold}"), [$"{nameof(Rules)}:{index}:{nameof(SafetyRule.Threshold)}"]);
            if (manifest is not null && manifest.Classes.All(known => known.Name != rule.Class))
                yield return new($"must be one of {string.Join(", ", manifest.Classes.Select(known => known.Name))}; got \"{rule.Class}\"", [$"{nameof(Rules)}:{index}:{nameof(SafetyRule.Class)}"]);
            if (!Enum.IsDefined(rule.Inputs) || !Enum.IsDefined(rule.Output))
                yield return new("has an action that does not exist", [$"{nameof(Rules)}:{index}"]);
        }
    }
}
