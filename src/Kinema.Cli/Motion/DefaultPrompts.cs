namespace Kinema.Cli.Motion;

/// <summary>One natural prompt for each camera move of the engine.</summary>
internal static class DefaultPrompts
{
    public static IReadOnlyList<string> Prompts { get; } =
    [
        "Slow push in",
        "Camera pulls back",
        "Zoom in",
        "Zoom out",
        "Truck left",
        "Truck right",
        "Pedestal up",
        "Pedestal down",
        "Pan left",
        "Pan right",
        "Tilt up",
        "Tilt down",
        "Orbit right",
        "Orbit left",
        "Dolly zoom",
        "Roll clockwise",
        "Crane up",
        "Crane down",
        "Camera follows the subject",
        "Aerial drone shot pulling back",
        "Slow push in, then truck right",
    ];
}
