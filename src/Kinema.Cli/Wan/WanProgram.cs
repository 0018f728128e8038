using Kinema.Cli.Output;

namespace Kinema.Cli.Wan;

/// <summary>Finds <c>kinema-wan</c>: where <c>KINEMA_WAN_WORKER</c> says, or beside this program.</summary>
internal static class WanProgram
{
    public const string Variable = "KINEMA_WAN_WORKER";

    private const string Program = "kinema-wan";
    private static readonly string[] _places = ["", "wan"];

    /// <summary>Returns the program to start and its first arguments.</summary>
    /// <exception cref="CommandFailure">It is not there.</exception>
    public static (string Program, string[] Arguments) Find(Terminal terminal)
    {
        if (terminal.Variable(Variable) is { } named)
        {
            var path = terminal.Resolve(named);
            return File.Exists(path) ? Start(path) : throw new CommandFailure(ExitCodes.NotFound, $"{Variable} names {named}, which does not exist.");
        }

        var beside = _places.Select(place => Path.Combine(AppContext.BaseDirectory, place, OperatingSystem.IsWindows() ? $"{Program}.exe" : Program)).FirstOrDefault(File.Exists);
        return beside is not null
            ? Start(beside)
            : throw new CommandFailure(
                ExitCodes.NotFound, $"{Program} is not installed: put it beside kinema or into a folder wan there, or name it with {Variable}. In a clone, ./kinema wan builds it.");
    }

    private static (string, string[]) Start(string path) => Path.GetExtension(path) == ".dll" ? (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [path]) : (path, []);
}
