namespace Kinema.Playground.Models;

/// <summary>The largest file that the server takes, bytes.</summary>
public sealed record UploadLimit(long Bytes);
