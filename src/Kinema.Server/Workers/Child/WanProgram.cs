namespace Kinema.Server.Workers.Child;

/// <summary>Finds <c>kinema-wan</c>: where a setting or <c>KINEMA_WAN_WORKER</c> says, or beside this program.</summary>
internal static class WanProgram
{
    public const string Variable = "KINEMA_WAN_WORKER";

    private const string Program = "kinema-wan";

    private static readonly string[] _places = ["", "wan"];

    /// <param name="setting">The path in <c>Wan:Program</c>, which comes first; null if it is not set.</param>
    /// <param name="variable">The path in the variable; null if it is not set.</param>
    /// <returns>The program to start and its first arguments, or why there is none.</returns>
    public static (string Program, string[] Arguments, string? Problem) Find(string? setting, string? variable)
    {
        if ((setting ?? variable) is { } named)
            return File.Exists(named) ? Start(named) : ("", [], $"{(setting is null ? Variable : "Wan:Program")} names {named}, which does not exist.");

        var name = OperatingSystem.IsWindows() ? Program + ".exe" : Program;
        var beside = _places.Select(place => Path.Combine(AppContext.BaseDirectory, place, name)).FirstOrDefault(File.Exists);
        return beside is not null
            ? Start(beside)
            : ("", [], $"{Program} is not installed: put it beside kinema or into a folder wan there, or name it with {Variable}. In a clone, ./kinema wan builds it.");
    }

    private static (string, string[], string?) Start(string path) =>
        Path.GetExtension(path) == ".dll" ? (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [path], null) : (path, [], null);
}
