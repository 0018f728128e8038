namespace Kinema.Wan;

/// <summary>
/// Loading or a generation failed. The message says why, and what can be changed. Every exception of this library derives from it, except
/// <see cref="ArgumentException"/> for invalid options and requests, <see cref="OperationCanceledException"/> and <see cref="ObjectDisposedException"/>.
/// </summary>
public class WanException : Exception
{
    /// <summary>Initializes a new instance.</summary>
    public WanException()
    {
    }

    /// <summary>Initializes a new instance with the failure and the remedy.</summary>
    public WanException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with the failure, the remedy and the cause.</summary>
    public WanException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
