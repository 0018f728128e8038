using Kinema.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.Panel;

/// <summary>
/// A run: how far it is, or its result. Complete without script; the module <c>run.js</c> makes it live. It asks the run's page for this panel again where the
/// status changes.
/// </summary>
public sealed partial class RunPanel
{
    private static readonly (RunStatus Status, string Text)[] _phases =
        [(RunStatus.Queued, "Waiting"), (RunStatus.Dispatching, "Preparing"), (RunStatus.Running, "Rendering"), (RunStatus.Succeeded, "Ready")];

    [Parameter, EditorRequired]
    public required RunView View { get; set; }

    private Run Run => View.Run;

    private bool IsOpen => !Run.Status.IsTerminal();

    private bool MayCancel => IsOpen && View.MayCreate && Run.CancelRequestedAt is null;

    private string Code => Run.Status.ToCode();

    private string ElapsedText => RunWords.Duration((long)Math.Max(0, ((Run.CompletedAt ?? View.Now) - Run.CreatedAt).TotalMilliseconds));

    /// <summary>The time of each phase of a result.</summary>
    private (string Name, long Milliseconds)[] Timing => Run.Output?.Timing is { } timing
        ? [("Waiting", timing.QueueMs), ("Inputs", timing.PreprocessMs), ("Engine", timing.InferenceMs), ("Encoder", timing.EncodeMs), ("Storing", timing.UploadMs)]
        : [];

    private string? StepOf(RunStatus phase) => Run.Status == phase ? "step" : null;

    private string StateOf(RunStatus phase) => Run.Status > phase ? "done" : Run.Status == phase ? "now" : "next";
}
