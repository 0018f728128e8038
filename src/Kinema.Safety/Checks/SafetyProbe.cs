using Kinema.Safety.Classifiers;
using Microsoft.Extensions.Options;

namespace Kinema.Safety.Checks;

/// <summary>Says whether the checker works, for <c>kinema doctor</c> and the readiness route.</summary>
internal sealed class SafetyProbe(ClassifierHolder classifier, IOptions<SafetyOptions> options) : ISafetyProbe
{
    public bool RefusesWhenBroken => options.Value.WhenBroken == BrokenAction.Refuse;

    public (string? Classifier, string? Problem) Find()
    {
        try
        {
            classifier.Get();
            return (classifier.Facts.Name, null);
        }
        catch (BrokenClassifierException e)
        {
            return (null, e.Message);
        }
    }
}
