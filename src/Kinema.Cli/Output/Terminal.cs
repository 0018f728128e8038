using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Kinema.Cli.Output;

/// <summary>What a command sees of its surroundings: where it writes, what the environment says, where it stands.</summary>
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

    /// <summary>Pretty output to <see cref="Out"/>.</summary>
    public required IAnsiConsole OutConsole { get; init; }

    /// <summary>Progress and advice, to <see cref="Error"/>.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    /// <summary>A person is looking at <see cref="Error"/>.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>A person is looking at <see cref="Out"/>.</summary>
    public required bool IsOutputInteractive { get; init; }

    public required Func<string, string?> Environment { get; init; }
    public required string WorkingDirectory { get; init; }

    public string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;

    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>A path as a person would write it: relative where it lies below the working directory.</summary>
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
