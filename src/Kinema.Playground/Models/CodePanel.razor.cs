using Kinema.Pages.Models;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>The request as programs. The module keeps them in step with the form.</summary>
public sealed partial class CodePanel
{
    [Parameter, EditorRequired]
    public required string Slug { get; set; }

    [Parameter, EditorRequired]
    public required CodeSamples Code { get; set; }

    private (string Id, string Title, string Text)[] Programs =>
        [("curl", "cURL", Code.Curl), ("python", "Python", Code.Python), ("node", "Node", Code.Node), ("csharp", "C#", Code.CSharp)];
}
