using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

/// <summary>Names a volume that takes no more bytes as what it is.</summary>
internal static class FullDisk
{
    public static bool IsCauseOf(IOException e) => StorageFullException.IsCause(e);

    public static StorageFullException Explain(IOException e) => new($"The data volume takes no more bytes: {e.Message}", e);
}
