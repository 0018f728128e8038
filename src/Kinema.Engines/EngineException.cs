namespace Kinema.Engines;

/// <summary>A permanent failure of an engine: the message is safe to show to the caller, and the worker does not retry.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Initializes a new instance.</summary>
    public EngineException()
    {
    }

    /// <summary>Initializes a new instance with a message for the caller.</summary>
    public EngineException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message for the caller and the cause for the operator.</summary>
    public EngineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Failure code that the run stores, for example <c>INPUT_MEDIA_INVALID</c>.</summary>
    public string Code { get; init; } = "ENGINE_FAILED";
}
