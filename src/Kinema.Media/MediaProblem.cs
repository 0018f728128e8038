namespace Kinema.Media;

public enum MediaProblem
{
    /// <summary>Wrong type, broken, animated, or with a forbidden aspect ratio or duration.</summary>
    Invalid,

    /// <summary>Too many bytes or pixels.</summary>
    TooLarge,
}
