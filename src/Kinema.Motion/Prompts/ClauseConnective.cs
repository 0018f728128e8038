namespace Kinema.Motion.Prompts;

/// <summary>How a clause hangs on the one before it.</summary>
internal enum ClauseConnective
{
    /// <summary>A comma: at the same time where that can be, one after the other where it cannot.</summary>
    List,

    /// <summary>"While", "as", 同时.</summary>
    Simultaneous,

    /// <summary>A new sentence, "then", 然后.</summary>
    Sequential,
}
