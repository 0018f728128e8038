using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Kinema.Server.Configuration;

/// <summary>Validates bound options by their annotations. Each problem names the full setting.</summary>
internal static class AnnotationValidator
{
    public static IEnumerable<string> Find(string path, object options)
    {
        foreach (var property in SettingsValidator.Settable(options.GetType()))
        {
            var name = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!rule.IsValid(value))
                    yield return Describe(rule, name, value);
            }

            if (value is null or IEnumerable || SettingsValidator.IsScalar(property.PropertyType))
                continue;

            foreach (var problem in Find(name, value))
                yield return problem;
        }

        if (options is not IValidatableObject validatable)
            yield break;

        foreach (var result in validatable.Validate(new ValidationContext(options)))
            yield return $"{string.Join(", ", result.MemberNames.DefaultIfEmpty().Select(m => m is null ? path : $"{path}:{m}"))} {result.ErrorMessage}";
    }

    private static string Describe(ValidationAttribute rule, string name, object? value) => rule switch
    {
        RangeAttribute range => FormattableString.Invariant($"{name} must be from {range.Minimum} to {range.Maximum}; got {value}"),
        RequiredAttribute => $"{name} must be set",
        AllowedValuesAttribute allowed => $"{name} must be one of {string.Join(", ", allowed.Values)}; got \"{value}\"",
        RegularExpressionAttribute pattern => $"{name} must match {pattern.Pattern}; got \"{value}\"",
        _ => $"{rule.FormatErrorMessage(name)} Got \"{value}\".",
    };
}
