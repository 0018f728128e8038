namespace Kinema.Core.Storage;

/// <summary>Copies the store into one file while a server uses it.</summary>
public interface IStoreBackup
{
    /// <summary>Writes a tar archive: <c>kinema.db</c> of one instant, the media it names and, if wanted, <c>master.key</c>.</summary>
    Task<StoreBackupReport> WriteAsync(Stream target, StoreBackupOptions options, CancellationToken ct);
}

/// <param name="WithKeys">Whether the master key is included. Without it, callback secrets in the archive stay sealed.</param>
/// <param name="WithArtifacts">Whether finished videos and posters are included.</param>
public sealed record StoreBackupOptions(bool WithKeys, bool WithArtifacts);

/// <param name="Contents">Input media in the archive.</param>
/// <param name="Artifacts">Finished files in the archive.</param>
/// <param name="Missing">Files that the database names and the disk does not have.</param>
public sealed record StoreBackupReport(int Contents, int Artifacts, int Missing);
