namespace Kinema.Server.Configuration;

/// <summary>The settings are invalid; the message lists every problem with its setting.</summary>
/// <param name="problems">A sentence for each problem.</param>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>A sentence for each problem, with the setting, its value and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
