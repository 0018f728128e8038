using Microsoft.Extensions.Options;

namespace Kinema.Client;

/// <summary>Lets wrong options fail with their names and what is allowed.</summary>
internal sealed class KinemaClientOptionsValidator : IValidateOptions<KinemaClientOptions>
{
    public ValidateOptionsResult Validate(string? name, KinemaClientOptions options) =>
        options.FindProblem() is { } problem ? ValidateOptionsResult.Fail($"{nameof(KinemaClientOptions)}: {problem}") : ValidateOptionsResult.Success;
}
