namespace Kinema.Wan.Checkpoints;

/// <summary>How far loading is.</summary>
/// <param name="BytesDone">Bytes of the files that were read and are where they belong.</param>
/// <param name="BytesTotal">Bytes to read.</param>
public readonly record struct LoadProgress(long BytesDone, long BytesTotal);
