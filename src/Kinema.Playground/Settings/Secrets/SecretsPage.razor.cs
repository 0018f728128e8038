using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>Lists the organization's callback secrets and creates one.</summary>
public sealed partial class SecretsPage
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

    /// <summary>What is wrong with the label.</summary>
    [Parameter]
    public string? Problem { get; set; }
}
