namespace Kinema.Media.Tests.Support;

/// <summary>The files in <c>Cases</c>, each as people or programs have made it.</summary>
public static class CaseFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Cases", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
