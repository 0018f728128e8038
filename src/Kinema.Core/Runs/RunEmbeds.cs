using Kinema.Core.Catalog;

namespace Kinema.Core.Runs;

/// <summary>The parts of a run that a record shows only if <c>embed</c> names them.</summary>
public sealed record RunEmbeds(bool Logs, bool NodeRuns)
{
    /// <summary>Log lines of each run; its own route has the others.</summary>
    public const int MaxLogs = 100;

    /// <summary>Most runs of a page with embedded parts.</summary>
    public const int MaxPage = 100;

    private const string LogsName = "logs";
    private const string NodeRunsName = "node_runs";

    private static readonly string[] _known = [LogsName, NodeRunsName];

    public static RunEmbeds None { get; } = new(false, false);

    public bool IsNone => this == None;

    public static RunEmbeds Read(string? text, ICollection<FieldError> errors)
    {
        var names = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in names.Except(_known).Take(10))
            errors.Add(FieldError.Query("embed", $"names \"{ReceivedValue.Shorten(unknown)}\"; allowed are {string.Join(" and ", _known)}", FieldErrorTypes.UnknownField));
        return new(names.Contains(LogsName), names.Contains(NodeRunsName));
    }
}
