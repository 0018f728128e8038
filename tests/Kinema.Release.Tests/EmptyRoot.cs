using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>A root folder with the archive in <c>/kinema</c>, the programs that it calls and the libraries that all of them link.</summary>
internal sealed partial class EmptyRoot : IDisposable
{
    private readonly TemporaryFolder _root = new();

    private EmptyRoot()
    {
    }

    public static async Task<EmptyRoot> CreateAsync(string archive, CancellationToken ct)
    {
        var root = new EmptyRoot();
        foreach (var folder in new[] { "kinema", "tmp", "proc", "dev", "usr/bin" })
            Directory.CreateDirectory(root.File(folder));
        await Tool.RunAsync("tar", "-xzf", archive, "-C", root.File("kinema"), "--strip-components=1");
        foreach (var program in new[] { "ffmpeg", "ffprobe", "prlimit", "nice", "setsid" })
            await root.AddAsync($"/usr/bin/{program}");
        foreach (var library in Directory.EnumerateFiles(root.File("kinema"), "*.so"))
            await root.AddLibrariesOfAsync(library);
        await root.AddLibrariesOfAsync(root.File("kinema/kinema"));
        ct.ThrowIfCancellationRequested();
        return root;
    }

    public string File(string path) => _root.File(path);

    /// <summary>What runs a program in it; the program sees no other process and ends with the caller's.</summary>
    public string[] Command(params string[] program) =>
    [
        "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
        """mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec env -i PATH=/usr/bin:/usr/sbin HOME=/ chroot "$0" "$@" """, _root.FullPath, .. program,
    ];

    public void Dispose() => _root.Dispose();

    private async Task AddAsync(string path)
    {
        Copy(path);
        await AddLibrariesOfAsync(path);
    }

    private async Task AddLibrariesOfAsync(string path)
    {
        foreach (Match library in Library().Matches(await Tool.RunAsync("ldd", path)))
            Copy(library.Groups[1].Value);
    }

    private void Copy(string path)
    {
        var copy = File(path.TrimStart('/'));
        if (path.StartsWith(_root.FullPath, StringComparison.Ordinal) || Path.Exists(copy))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        System.IO.File.Copy(path, copy);
    }

    /// <summary>An absolute path, behind the name of the library where that differs.</summary>
    [GeneratedRegex(@"(/\S+) \(0x")]
    private static partial Regex Library();
}
