namespace Kinema.Motion.Prompts;

/// <summary>Temporal relation of a clause to the previous one.</summary>
internal enum ClauseConnective
{
    /// <summary>A comma: simultaneous if the moves are compatible, else sequential.</summary>
    List,

    /// <summary>"While", "as", 同时.</summary>
    Simultaneous,

    /// <summary>A new sentence, "then", 然后.</summary>
    Sequential,
}
