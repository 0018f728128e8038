namespace Kinema.Wan;

/// <summary>A generation failed. The message says why, and what can be changed.</summary>
public sealed class WanException : Exception
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
