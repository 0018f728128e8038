namespace Kinema.Server.Configuration;

/// <summary>The settings are invalid; the message lists every problem with its setting.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
