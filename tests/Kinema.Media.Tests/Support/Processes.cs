using System.Globalization;

namespace Kinema.Media.Tests.Support;

/// <summary>Living programs by what their command lines name.</summary>
internal static class Processes
{
    /// <summary>Ids of running processes with this file on their command line.</summary>
    public static List<int> Naming(string path) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && CommandLine(name!).Contains("file:" + path, StringComparison.Ordinal))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];

    private static string CommandLine(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
