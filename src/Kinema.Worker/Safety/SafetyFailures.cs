using Kinema.Core.Runs;
using Kinema.Core.Safety;

namespace Kinema.Worker.Safety;

/// <summary>Failures of runs that the safety checker ends. They name no class and no score.</summary>
internal static class SafetyFailures
{
    /// <param name="verdict">One that refuses.</param>
    /// <param name="what">For example <c>input.image_url</c>.</param>
    /// <param name="stage">Where the run is.</param>
    public static RunFailure Of(SafetyVerdict verdict, string what, string stage) => verdict.IsBroken
        ? new(FailureCodes.SafetyCheckFailed, $"The safety checker of this server does not work, so {what} could not be judged.", stage)
        : new(FailureCodes.ContentRejected, $"The safety checker refused {what}.", stage);
}
