namespace Kinema.Media.AudioVideo;

/// <summary>The audio track of a clip that is heard.</summary>
/// <param name="Track">Index among the audio streams.</param>
/// <param name="Peak">Peak in stereo, 1 for full scale; null if unknown.</param>
internal sealed record ClipSound(int Track, AudioStreamInfo Stream, AudioTrial Trial, double? Peak);
