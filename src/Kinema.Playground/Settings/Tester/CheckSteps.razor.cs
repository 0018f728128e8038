using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Tester;

/// <summary>Shows the steps of a verification and what they come to.</summary>
public sealed partial class CheckSteps
{
    [Parameter, EditorRequired]
    public required CallbackCheck Check { get; set; }

    private string Verdict => Check switch
    {
        { IsSigned: false } => "Not signed: your organization has no callback secret.",
        { IsGenuine: true } => "Genuine: the time and every signature are right.",
        _ => "Refused: answer 401 and do not use the body.",
    };
}
