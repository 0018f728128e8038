using System.Runtime.Versioning;

namespace Kinema.Media.Tests.Support;

/// <summary>A folder of a test's own, gone afterwards.</summary>
public sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinema-media-");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    [UnsupportedOSPlatform("windows")]
    public string Script(string name, string text)
    {
        File.WriteAllText(Path(name), "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(Path(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
