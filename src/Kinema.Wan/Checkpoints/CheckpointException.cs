namespace Kinema.Wan.Checkpoints;

/// <summary>A checkpoint is damaged, incomplete, or not one this library can read. The message names the file and the tensor.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>With what is wrong, where, and what was expected.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
