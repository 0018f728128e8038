namespace Kinema.Release.Tests;

/// <summary>Where NuGet unpacks packages.</summary>
internal static class NugetFolder
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
