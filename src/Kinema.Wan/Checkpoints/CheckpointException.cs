namespace Kinema.Wan;

/// <summary>A checkpoint is damaged, incomplete or unsupported. The message names the file and the tensor.</summary>
public sealed class CheckpointException : WanException
{
    /// <summary>Initializes a new instance.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Initializes a new instance with the error, its place and the expected value.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with the error and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
