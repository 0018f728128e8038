namespace Kinema.Safety.Classifiers;

/// <summary>The classifier does not work; the message says why and what to do.</summary>
internal sealed class BrokenClassifierException(string message, Exception? inner = null) : Exception(message, inner);
