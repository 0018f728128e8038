using Kinema.Storage.Disk;
using Microsoft.Extensions.Options;

namespace Kinema.Storage;

/// <summary>Paths inside the data folder.</summary>
internal sealed class DataFolder(IOptions<StorageOptions> options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(options.Value.Path);

    public string Database => Path.Combine(Root, "kinema.db");

    /// <summary>The database once its records were moved into PostgreSQL, so that no server takes them for its own.</summary>
    public string MovedDatabase => Database + ".moved";

    /// <summary>Holds what was committed since the last checkpoint.</summary>
    public string WriteAheadLog => Database + "-wal";

    /// <summary>There while a server has the store open, and after one that did not stop cleanly: the write-ahead log must be there then too.</summary>
    public string OpenMarker => Path.Combine(Root, "kinema.open");

    /// <summary>The first key, which the server writes for its operator.</summary>
    public string FirstKey => Path.Combine(Root, "first-key");

    public string Lock => Path.Combine(Root, "kinema.lock");

    public string MasterKey => Path.Combine(Root, "master.key");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Scratch => Path.Combine(Root, "scratch");

    public string Content => Path.Combine(Root, "content");

    /// <summary>Copies of the database from before migrations; made with the first of them.</summary>
    public string Backup => Path.Combine(Root, "backup");

    /// <summary>Incoming content; on the same volume, so that it can be renamed.</summary>
    public string Incoming => Path.Combine(Content, "incoming");

    /// <summary>Files that no record names, for a while; on the same volume, so that they can be renamed.</summary>
    public string Trash => Path.Combine(Root, "trash");

    /// <summary>Folders that files are written to while the server runs; made again if they are deleted.</summary>
    public IReadOnlyList<string> ForFiles => [Artifacts, Scratch, Content, Incoming];

    /// <summary>Makes what is missing, and makes these folders readable by the owner only, also where they existed.</summary>
    public void Create()
    {
        foreach (var folder in (IEnumerable<string>)[Root, .. ForFiles])
        {
            CreatePrivate(folder);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder) != OwnerOnly)
                File.SetUnixFileMode(folder, OwnerOnly);
        }

        foreach (var file in Directory.EnumerateFiles(Root))
            PrivateFile.Restrict(file);
    }

    /// <summary>Makes one folder private; parents that are missing too get the process's own mode.</summary>
    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }
}
