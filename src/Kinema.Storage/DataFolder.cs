using Microsoft.Extensions.Options;

namespace Kinema.Storage;

/// <summary>Paths inside the data folder.</summary>
internal sealed class DataFolder(IOptions<StorageOptions> options)
{
    public string Root { get; } = Path.GetFullPath(options.Value.Path);

    public string Database => Path.Combine(Root, "kinema.db");

    public string Lock => Path.Combine(Root, "kinema.lock");

    public string MasterKey => Path.Combine(Root, "master.key");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Scratch => Path.Combine(Root, "scratch");

    public string Content => Path.Combine(Root, "content");

    /// <summary>Incoming content; on the same volume, so that it can be renamed.</summary>
    public string Incoming => Path.Combine(Content, "incoming");

    /// <summary>Creates missing folders, readable only by the owner.</summary>
    public void Create()
    {
        foreach (var folder in (ReadOnlySpan<string>)[Root, Artifacts, Scratch, Content, Incoming])
            CreatePrivate(folder);
    }

    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
