using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Kinema.Playground.Settings.Tester;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>Leads through the change of a signing secret and says where it stands.</summary>
public sealed partial class RotationPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required Rotation Rotation { get; set; }

    /// <summary>The text of the secret that was just created; only this answer has it.</summary>
    [Parameter]
    public string? Created { get; set; }

    /// <summary>What a body that was just signed showed.</summary>
    [Parameter]
    public TestCallbackResult? Check { get; set; }

    private string Where => Rotation switch
    {
        { Secrets.Count: 0 } => "There is no secret yet. Create the first one in step 2.",
        { IsUnderWay: false } => "No rotation is under way. Begin with step 1 or 2.",
        { Step: RotationStep.Create } => "You are at step 2: callbacks are paused; create the new secret, or resume at step 6 to leave all as it was.",
        { Step: RotationStep.MakeCurrent } => "You are at steps 3 and 4: the new secret is there; verify it and make it current.",
        { Step: RotationStep.DeleteOld } => "You are at step 5: the new secret is current; delete the old one.",
        _ => "You are at step 6: resume, and the rotation is done.",
    };

    private string? Now(RotationStep step) =>
        Rotation.IsUnderWay && (Rotation.Step == step || (step == RotationStep.Verify && Rotation.Step == RotationStep.MakeCurrent)) ? "step" : null;
}
