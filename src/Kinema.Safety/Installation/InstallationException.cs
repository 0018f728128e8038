namespace Kinema.Safety.Installation;

/// <summary>The classifier cannot be installed; the message says what to do.</summary>
public sealed class InstallationException(string message, Exception? inner = null) : Exception(message, inner);
