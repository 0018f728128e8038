namespace Kinema.Core.Storage;

/// <summary>A write found no room: the disk is full, over its quota or read-only. Reads keep working.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : IOException(message, inner);
