namespace Kinema.Core.Runs;

/// <summary>Phases of a run on the server's side of the worker protocol, as the stage of progress events; the record's timing has the time of each.</summary>
public static class RunPhases
{
    /// <summary>Writing the prompt in more detail.</summary>
    public const string Expanding = "expanding";

    /// <summary>Judging prompt, inputs and output.</summary>
    public const string Checking = "checking";
}
