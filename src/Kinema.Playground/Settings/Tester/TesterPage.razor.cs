using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Tester;

/// <summary>Makes and shows callbacks.</summary>
public sealed partial class TesterPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    /// <summary>The newest runs that have ended.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Run> Ended { get; set; }

    /// <summary>The tester's URL of the visitor's organization.</summary>
    [Parameter, EditorRequired]
    public required string Address { get; set; }

    /// <summary>What the dispatcher handed over, newest first; null if it could not be read just now.</summary>
    [Parameter]
    public IReadOnlyList<ArrivedCallback>? Arrived { get; set; }

    /// <summary>The run whose callback was made.</summary>
    [Parameter]
    public Run? Tested { get; set; }

    [Parameter]
    public TestCallbackResult? Result { get; set; }

    /// <summary>What is wrong with the run chosen.</summary>
    [Parameter]
    public string? Problem { get; set; }
}
