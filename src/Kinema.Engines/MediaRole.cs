namespace Kinema.Engines;

/// <summary>What an input picture, clip or sound is for.</summary>
public enum MediaRole
{
    /// <summary>The still image the video begins with.</summary>
    FirstFrame,

    /// <summary>The still image the video ends with.</summary>
    LastFrame,

    /// <summary>The clip the video continues.</summary>
    Clip,

    /// <summary>The sound the video moves to.</summary>
    Audio,
}
