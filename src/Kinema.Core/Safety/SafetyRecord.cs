using System.Text.Json.Nodes;

namespace Kinema.Core.Safety;

/// <summary>What a run's record says of the check: <c>model_data.safety</c>. It has words and no scores.</summary>
public static class SafetyRecord
{
    public const string Name = "safety";

    private const string NotJudged = "not_judged";
    private const string Off = "off";

    /// <param name="classifier">What judged.</param>
    /// <param name="isOn">False if the caller switched the check off and may.</param>
    /// <param name="inputs">Verdict over the inputs.</param>
    /// <param name="output">Verdict over the video.</param>
    public static JsonObject Of(ClassifierFacts classifier, bool isOn, SafetyVerdict inputs, SafetyVerdict output) => new()
    {
        ["classifier"] = classifier.Name,
        ["sha256"] = classifier.Digest,
        // A list of words is no checker, so nobody reads prompts here.
        ["prompt"] = isOn ? NotJudged : Off,
        ["inputs"] = Word(isOn, inputs),
        ["output"] = Word(isOn, output),
    };

    private static string Word(bool isOn, SafetyVerdict verdict) => verdict switch
    {
        _ when !isOn => Off,
        { IsFlagged: null } => NotJudged,
        { Action: SafetyAction.Blur } => "blurred",
        { IsFlagged: true } => "flagged",
        _ => "cleared",
    };
}
