namespace Kinema.Worker.Receiving;

/// <summary>A finished video did not come here, or not whole; another attempt may get it. The message is for the caller.</summary>
internal sealed class VideoNotReceivedException(string message, Exception? inner = null) : Exception(message, inner);
