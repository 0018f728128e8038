namespace Kinema.Wan;

/// <summary>Progress of loading.</summary>
/// <param name="BytesDone">Bytes of the files that are loaded.</param>
/// <param name="BytesTotal">Total bytes to load.</param>
public readonly record struct LoadProgress(long BytesDone, long BytesTotal);
