namespace Kinema.Safety.Conversion;

/// <summary>A model that cannot be converted; the message says where it is not what was expected.</summary>
internal sealed class ConversionException(string message, Exception? inner = null) : Exception(message, inner);
