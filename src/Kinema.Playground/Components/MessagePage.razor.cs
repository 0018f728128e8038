using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Components;

/// <summary>A page that says one thing, as why a request was refused.</summary>
public sealed partial class MessagePage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    [Parameter, EditorRequired]
    public required string Message { get; set; }

    /// <summary>Where to go from there.</summary>
    [Parameter]
    public (string Path, string Text)? Way { get; set; }
}
