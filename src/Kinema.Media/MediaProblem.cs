namespace Kinema.Media;

public enum MediaProblem
{
    /// <summary>Not an accepted type, broken, or of a forbidden shape or length; a picture that moves.</summary>
    Invalid,

    /// <summary>Too many bytes or pixels.</summary>
    TooLarge,
}
