using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Http;

/// <summary>Checks options by their annotations when they are first read.</summary>
internal sealed class AnnotatedOptions<T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => problem.ErrorMessage!));
    }
}
