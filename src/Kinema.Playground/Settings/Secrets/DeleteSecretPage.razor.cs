using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>Asks whether a callback secret is to be deleted.</summary>
public sealed partial class DeleteSecretPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required CallbackSecret Secret { get; set; }

    /// <summary>The page to go back to.</summary>
    [Parameter]
    public string? From { get; set; }
}
