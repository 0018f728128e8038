namespace Kinema.Server.Configuration;

/// <summary>The settings cannot be used; the message lists every problem, each naming its setting.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
