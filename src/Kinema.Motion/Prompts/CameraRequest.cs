namespace Kinema.Motion.Prompts;

/// <summary>What a prompt asks of the camera, as text to compare.</summary>
public static class CameraRequest
{
    /// <summary>Two prompts with the same text ask for the same camera: moves, order, speed, what is ruled out and what is not made.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="negativePrompt">What must not be there, or null.</param>
    public static string Describe(string? prompt, string? negativePrompt = null) =>
        Describe(CameraPromptParser.Parse(prompt, negativePrompt));

    /// <summary>Whether a prompt names a move of the camera, or rules all of them out.</summary>
    public static bool IsIn(string? prompt) => CameraPromptParser.Parse(prompt, negativePrompt: null) is { CameraRequested: true } or { Notes.Count: > 0 };

    private static string Describe(CameraPlan plan) =>
        $"{(plan.CameraRequested ? "asked" : "default")}: {string.Join(", then ", plan.Segments.Select(segment => string.Join(" + ", segment.Moves.Select(planned => $"{planned.Speed} {planned.Move}"))))}; {string.Join("; ", plan.Notes)}";
}
