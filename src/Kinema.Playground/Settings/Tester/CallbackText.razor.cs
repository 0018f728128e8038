using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Tester;

/// <summary>Headers and body of a callback.</summary>
public sealed partial class CallbackText
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; }

    /// <summary>The body as it is sent: the signatures cover exactly this.</summary>
    [Parameter, EditorRequired]
    public required string Body { get; set; }
}
