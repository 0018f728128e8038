namespace Kinema.Safety;

/// <summary>Setting <c>Safety:Rules:N</c>: what happens when a class scores at least a threshold.</summary>
public sealed class SafetyRule
{
    /// <summary>A class of the classifier, as its manifest names it.</summary>
    public string Class { get; set; } = "";

    /// <summary>Least score at which the rule holds, from 0 to 1.</summary>
    public double Threshold { get; set; }

    /// <summary>What happens to inputs. Default <see cref="InputAction.Refuse"/>.</summary>
    public InputAction Inputs { get; set; } = InputAction.Refuse;

    /// <summary>What happens to the video. Default <see cref="OutputAction.Fail"/>.</summary>
    public OutputAction Output { get; set; } = OutputAction.Fail;
}

/// <summary>What happens to a run whose input matches a rule.</summary>
public enum InputAction
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>The record says so.</summary>
    Flag,

    /// <summary>Refused at the create, or failed before the engine starts.</summary>
    Refuse,
}

/// <summary>What happens to a run whose video matches a rule.</summary>
public enum OutputAction
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary><c>nsfw_detected</c> is true.</summary>
    Flag,

    /// <summary>As <see cref="Flag"/>, and the video is delivered blurred.</summary>
    Blur,

    /// <summary>The run fails and is not charged.</summary>
    Fail,
}

/// <summary>What happens where the checker itself does not work.</summary>
public enum BrokenAction
{
    /// <summary>Nothing passes unseen: creates are answered 503, runs fail.</summary>
    Refuse,

    /// <summary>Runs go on unchecked; <c>nsfw_detected</c> is null.</summary>
    Allow,
}
