namespace Kinema.Wan;

/// <summary>A generation could not be done. The message says why, and what can be changed.</summary>
public sealed class WanException : Exception
{
    /// <summary>Without a message.</summary>
    public WanException()
    {
    }

    /// <summary>With what went wrong and what to try.</summary>
    public WanException(string message)
        : base(message)
    {
    }

    /// <summary>With what went wrong, what to try, and the cause.</summary>
    public WanException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
