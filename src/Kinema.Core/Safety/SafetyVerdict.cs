namespace Kinema.Core.Safety;

/// <summary>What is to happen, the mildest first.</summary>
public enum SafetyAction
{
    Allow,
    Flag,
    Blur,
    Refuse,
}

/// <param name="Action">What is to happen.</param>
/// <param name="IsFlagged">Whether a rule matched; null if nothing was judged.</param>
public sealed record SafetyVerdict(SafetyAction Action, bool? IsFlagged)
{
    public static SafetyVerdict Cleared { get; } = new(SafetyAction.Allow, false);

    /// <summary>The checker did not work: the action is the operator's choice.</summary>
    public static SafetyVerdict Broken(bool isRefused) => new(isRefused ? SafetyAction.Refuse : SafetyAction.Allow, null);

    public static SafetyVerdict Of(SafetyAction action) => new(action, action != SafetyAction.Allow);

    /// <summary>Nothing was there to judge.</summary>
    public static SafetyVerdict NotJudged { get; } = new(SafetyAction.Allow, null);

    /// <summary>Nothing was judged: there was nothing, or the checker did not work.</summary>
    public bool IsBroken => IsFlagged is null;

    /// <summary>Both together: the stricter action; cleared only if both are.</summary>
    public SafetyVerdict And(SafetyVerdict other) => new(
        (SafetyAction)Math.Max((int)Action, (int)other.Action),
        IsFlagged == true || other.IsFlagged == true ? true : IsFlagged is null || other.IsFlagged is null ? null : false);

    public bool IsRefused => Action == SafetyAction.Refuse;
}
