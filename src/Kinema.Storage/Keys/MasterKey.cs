using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Storage;
using Kinema.Storage.Disk;

namespace Kinema.Storage.Keys;

/// <summary>Master key of the store, a file next to the database. All other keys are derived from it (HKDF, SHA-256).</summary>
internal sealed class MasterKey(DataFolder folder, TimeProvider timeProvider) : ISigningKeys
{
    private const int Length = 32;
    private byte[]? _key;

    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, Length, salt: [], info: Encoding.UTF8.GetBytes("kinema/" + purpose));

    private byte[] Key => _key ?? throw new InvalidOperationException("The store is not open; IStore.OpenAsync comes before anything else.");

    /// <summary>Reads the key, or creates it if there is none.</summary>
    public void Load()
    {
        if (!File.Exists(folder.MasterKey))
            Create();

        var key = File.ReadAllBytes(folder.MasterKey);
        _key = key.Length == Length ? key : throw new InvalidDataException($"{folder.MasterKey} must hold {Length} bytes; it holds {key.Length}.");
    }

    /// <summary>
    /// Writes a temporary file and renames it only if the target does not exist: concurrent first starts agree on one key and never read a partial file.
    /// </summary>
    private void Create()
    {
        var aside = $"{folder.MasterKey}.{Guid.CreateVersion7(timeProvider.GetUtcNow()):N}";
        using (var file = PrivateFile.Open(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, folder.MasterKey, overwrite: false);
        }
        catch (IOException) when (File.Exists(folder.MasterKey))
        {
            File.Delete(aside);
        }

        DurableFileSystem.FlushFolder(folder.Root);
    }
}
