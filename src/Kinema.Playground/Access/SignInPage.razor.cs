using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Access;

/// <summary>Asks for an API key.</summary>
public sealed partial class SignInPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    /// <summary>What was wrong with the key given.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>The page that the visitor wanted.</summary>
    [Parameter]
    public string? ReturnTo { get; set; }
}
