using Kinema.Cli;
using Kinema.Cli.Output;

namespace Kinema.Wan.Worker.Options;

/// <summary>A file that the command line names.</summary>
internal static class ExistingFile
{
    /// <exception cref="CommandFailure">It does not exist.</exception>
    public static string Resolve(string path, Terminal terminal)
    {
        var full = terminal.Resolve(path);
        return File.Exists(full) ? full : throw new CommandFailure(ExitCodes.NotFound, $"there is no file {terminal.Shorten(full)}.");
    }
}
