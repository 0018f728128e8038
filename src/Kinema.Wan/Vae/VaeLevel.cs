namespace Kinema.Wan.Vae;

/// <summary>One resolution of the encoder or decoder.</summary>
/// <param name="InChannels">Channels of its input.</param>
/// <param name="OutChannels">Channels of its residual blocks.</param>
/// <param name="Resamples">Whether it ends with halving (or doubling) height and width; all do except the last.</param>
/// <param name="Temporal">Whether the resampling also changes the number of frames.</param>
internal sealed record VaeLevel(long InChannels, long OutChannels, bool Resamples, bool Temporal);
