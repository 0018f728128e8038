using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Storage;
using Kinema.Storage.Disk;

namespace Kinema.Storage.Keys;

/// <summary>The store's own master key, a file beside the database; every other key is derived from it (HKDF, SHA-256).</summary>
internal sealed class MasterKey(DataFolder folder, TimeProvider timeProvider) : ISigningKeys
{
    private const int Length = 32;
    private byte[]? _key;

    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, Length, salt: [], info: Encoding.UTF8.GetBytes("kinema/" + purpose));

    private byte[] Key => _key ?? throw new InvalidOperationException("The store is not open; IStore.OpenAsync comes before anything else.");

    /// <summary>Reads the key, or makes it where there is none.</summary>
    public void Load()
    {
        if (!File.Exists(folder.MasterKey))
            Create();

        var key = File.ReadAllBytes(folder.MasterKey);
        _key = key.Length == Length ? key : throw new InvalidDataException($"{folder.MasterKey} must hold {Length} bytes; it holds {key.Length}.");
    }

    /// <summary>Written aside, then moved to its name only if that is still free: two first starts agree on one key, and nobody reads half of it.</summary>
    private void Create()
    {
        var aside = $"{folder.MasterKey}.{Guid.CreateVersion7(timeProvider.GetUtcNow()):N}";
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, creation))
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
