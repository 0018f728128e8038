namespace Kinema.TestSupport;

/// <summary>The repository in which the tests run.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(params ReadOnlySpan<string> names) => Path.Combine([Root, .. names]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Kinema.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests run inside the repository; Kinema.slnx was not found above them.");
    }
}
