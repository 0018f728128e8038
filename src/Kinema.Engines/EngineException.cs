namespace Kinema.Engines;

/// <summary>A failure whose message may be shown to the caller and that a second attempt would repeat.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates a failure without a message.</summary>
    public EngineException()
    {
    }

    /// <summary>Creates a failure with a message for the caller.</summary>
    public EngineException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a failure with a message for the caller and the cause for the operator.</summary>
    public EngineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The code stored with the run, for example <c>INPUT_MEDIA_INVALID</c>.</summary>
    public string Code { get; init; } = "ENGINE_FAILED";
}
