using System.ComponentModel.DataAnnotations;
using Kinema.Outbound.Addresses;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound;

/// <summary>Rejects invalid settings by their full name at startup.</summary>
internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var failures = new List<string>();

        CheckRanges(OutboundOptions.Section, options, failures);
        CheckRanges($"{OutboundOptions.Section}:Media", options.Media, failures);
        CheckRanges($"{OutboundOptions.Section}:Callbacks", options.Callbacks, failures);

        CheckEntries($"{OutboundOptions.Section}:Media:Allow", options.Media.Allow, failures);
        CheckEntries($"{OutboundOptions.Section}:Callbacks:Allow", options.Callbacks.Allow, failures);
        CheckEntries($"{OutboundOptions.Section}:Operator:Allow", options.Operator.Allow, failures);

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckRanges(string section, object options, List<string> failures)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
            failures.Add($"{section}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}");
    }

    private static void CheckEntries(string setting, IList<string> entries, List<string> failures)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!AllowedRange.TryParse(entries[i], out _))
            {
                failures.Add(
                    $"{setting}:{i} must be a CIDR such as 10.0.0.0/8 or fc00::/7 (no bits set after the prefix), " +
                    $"or one with a port such as 10.0.0.0/8:8080 or [fc00::/7]:443; got \"{entries[i]}\"");
            }
        }
    }
}
