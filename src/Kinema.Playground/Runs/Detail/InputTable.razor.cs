using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.Detail;

/// <summary>The input of a run, with pictures of what the server stores.</summary>
public sealed partial class InputTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<InputRow> Rows { get; set; }
}
