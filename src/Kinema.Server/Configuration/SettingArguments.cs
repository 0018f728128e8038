namespace Kinema.Server.Configuration;

/// <summary>Parses <c>Section:Key=Value</c> arguments.</summary>
internal static class SettingArguments
{
    /// <exception cref="SettingsException">An argument is not of that form.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !argument.AsSpan(0, equals).Contains(':'))
                throw new SettingsException([$"a setting is written Section:Key=Value, for example Runs:MaxAttempts=5; got \"{argument}\""]);

            values[argument[..equals].Trim()] = argument[(equals + 1)..];
        }

        return values;
    }
}
