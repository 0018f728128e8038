namespace Kinema.Wan;

/// <summary>There is not enough memory for the weights or for a video. The message says what to try.</summary>
public sealed class WanOutOfMemoryException : WanException
{
    /// <summary>Initializes a new instance.</summary>
    public WanOutOfMemoryException()
    {
    }

    /// <summary>Initializes a new instance with the remedy.</summary>
    public WanOutOfMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with the remedy and the cause.</summary>
    public WanOutOfMemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
