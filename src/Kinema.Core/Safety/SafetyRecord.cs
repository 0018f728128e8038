using System.Text.Json.Nodes;

namespace Kinema.Core.Safety;

/// <summary>What a run's record says of the check: <c>model_data.safety</c>. It has words and no scores.</summary>
public static class SafetyRecord
{
    public const string Name = "safety";

    /// <param name="classifier">What judged.</param>
    /// <param name="isOn">False if the caller switched the check off and may.</param>
    /// <param name="prompt">Verdict over the prompt.</param>
    /// <param name="inputs">Verdict over the inputs.</param>
    /// <param name="output">Verdict over the video.</param>
    public static JsonObject Of(ClassifierFacts classifier, bool isOn, SafetyVerdict prompt, SafetyVerdict inputs, SafetyVerdict output) => new()
    {
        ["classifier"] = classifier.Name,
        ["sha256"] = classifier.Digest,
        ["prompt"] = Word(isOn, prompt),
        ["inputs"] = Word(isOn, inputs),
        ["output"] = Word(isOn, output),
    };

    private static string Word(bool isOn, SafetyVerdict verdict) => verdict switch
    {
        _ when !isOn => "off",
        { IsFlagged: null } => "not_judged",
        { Action: SafetyAction.Blur } => "blurred",
        { IsFlagged: true } => "flagged",
        _ => "cleared",
    };
}
