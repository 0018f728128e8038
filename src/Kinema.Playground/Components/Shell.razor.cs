using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Components;

/// <summary>The layout of all pages, with the visitor at the right of the header.</summary>
public sealed partial class Shell
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    [Parameter]
    public RenderFragment? Side { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
