namespace Kinema.Client;

/// <summary>Duration of each phase, milliseconds.</summary>
public sealed record RunTiming
{
    /// <summary>Time in the queue.</summary>
    public long? QueueMs { get; init; }

    /// <summary>Fetching and inspecting the inputs.</summary>
    public long? PreprocessMs { get; init; }

    /// <summary>Writing the prompt in more detail.</summary>
    public long? ExpandingMs { get; init; }

    /// <summary>Judging prompt, inputs and output.</summary>
    public long? CheckingMs { get; init; }

    /// <summary>Engine time.</summary>
    public long? InferenceMs { get; init; }

    /// <summary>Encoding time that did not overlap with the engine.</summary>
    public long? EncodeMs { get; init; }

    /// <summary>Storing the files.</summary>
    public long? UploadMs { get; init; }

    /// <summary>Total time.</summary>
    public long? TotalMs { get; init; }
}
