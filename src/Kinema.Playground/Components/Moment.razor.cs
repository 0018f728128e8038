using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Components;

/// <summary>A moment in UTC; the module <c>local-times.js</c> rewrites it in the reader's time.</summary>
public sealed partial class Moment
{
    [Parameter, EditorRequired]
    public required DateTimeOffset? At { get; set; }

    /// <summary>What stands there if there was no such moment.</summary>
    [Parameter]
    public string Otherwise { get; set; } = "never";
}
