namespace Kinema.Core.Storage;

/// <summary>A write failed because the disk is full, a quota of the file system is used up or the data volume is read-only. Nothing is damaged.</summary>
public sealed class StorageFullException(string message, Exception? innerException = null) : IOException(message, innerException);
