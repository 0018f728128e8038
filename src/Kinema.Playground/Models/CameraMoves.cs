namespace Kinema.Playground.Models;

/// <summary>Camera moves that a click writes into the prompt, in the words that the engine "motion" knows (its tests read this list).</summary>
internal static class CameraMoves
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "push in", "pull out", "zoom in", "zoom out", "pan left", "pan right", "tilt up", "tilt down", "truck left", "truck right", "pedestal up", "pedestal down",
        "orbit left", "orbit right", "crane up", "crane down", "roll clockwise", "dolly zoom", "drone flyover", "handheld", "static camera",
    ];
}
