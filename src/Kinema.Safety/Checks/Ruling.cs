using Kinema.Core.Safety;
using Kinema.Safety.Classifiers;

namespace Kinema.Safety.Checks;

/// <summary>The operator's rules over a classifier's classes.</summary>
internal sealed class Ruling
{
    private readonly List<(int Class, double Threshold, SafetyAction Input, SafetyAction Output)> _rules;

    public Ruling(ClassifierManifest manifest, IList<SafetyRule> rules)
    {
        var names = manifest.Classes.Select(c => c.Name).ToList();
        _rules = rules.Count > 0
            ? [.. rules.Select(rule => (names.IndexOf(rule.Class), rule.Threshold, OfInput(rule.Inputs), OfOutput(rule.Output)))]
            : [.. manifest.Classes.Index().Where(c => c.Item.Threshold is not null).Select(c => (c.Index, c.Item.Threshold!.Value, SafetyAction.Refuse, SafetyAction.Refuse))];
    }

    public SafetyAction ForInput(double[] scores) => Strictest(scores, rule => rule.Input);

    public SafetyAction ForOutput(double[] scores) => Strictest(scores, rule => rule.Output);

    private SafetyAction Strictest(double[] scores, Func<(int Class, double Threshold, SafetyAction Input, SafetyAction Output), SafetyAction> action) =>
        _rules.Where(rule => scores[rule.Class] >= rule.Threshold).Select(action).DefaultIfEmpty(SafetyAction.Allow).Max();

    private static SafetyAction OfInput(InputAction action) => action switch
    {
        InputAction.Refuse => SafetyAction.Refuse,
        InputAction.Flag => SafetyAction.Flag,
        _ => SafetyAction.Allow,
    };

    private static SafetyAction OfOutput(OutputAction action) => action switch
    {
        OutputAction.Fail => SafetyAction.Refuse,
        OutputAction.Blur => SafetyAction.Blur,
        OutputAction.Flag => SafetyAction.Flag,
        _ => SafetyAction.Allow,
    };
}
