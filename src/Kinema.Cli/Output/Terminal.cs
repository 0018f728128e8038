using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Kinema.Cli.Output;

/// <summary>Output, environment variables and working directory of a command.</summary>
/// <remarks>Results go to <see cref="Out"/>, everything else (progress, advice, errors) to <see cref="Error"/>, so that a pipe gets results only.</remarks>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly JsonSerializerOptions _jsonLine = new(_json) { WriteIndented = false };

    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }

    /// <summary>Formatted output to <see cref="Out"/>.</summary>
    public required IAnsiConsole OutConsole { get; init; }

    /// <summary>Progress and advice, to <see cref="Error"/>.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public required bool IsOutputInteractive { get; init; }

    public required Func<string, string?> Environment { get; init; }
    public required string WorkingDirectory { get; init; }

    public string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;

    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>Returns a path relative to the working directory if it is below it.</summary>
    public string Shorten(string path)
    {
        var relative = Path.GetRelativePath(WorkingDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, _json));

    public void WriteJsonLine<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, _jsonLine));

    public static Terminal OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OutConsole = Consoles.Create(Console.Out, !Console.IsOutputRedirected),
        ErrorConsole = Consoles.Create(Console.Error, !Console.IsErrorRedirected),
        IsInteractive = !Console.IsErrorRedirected,
        IsOutputInteractive = !Console.IsOutputRedirected,
        Environment = System.Environment.GetEnvironmentVariable,
        WorkingDirectory = Directory.GetCurrentDirectory(),
    };
}
