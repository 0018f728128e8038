namespace Kinema.Server.Models;

/// <summary>
/// Parsed path <c>/v1/models/{owner}/{slug...}[/{part}]</c>. A slug has any number of segments, so one parser reads all paths: the last
/// segment is a part of the model if it is a reserved word, else it belongs to the slug.
/// </summary>
internal sealed record ModelPath(string Slug, string? Part)
{
    public const string Runs = "runs";
    public const string Estimates = "estimates";

    private static readonly string[] _parts = [Runs, "batches", Estimates, "inputs", "outputs", "pricing", "examples"];

    public static ModelPath Parse(string owner, string? rest)
    {
        // The host decodes every escape of a path but this one.
        var path = $"{owner}/{rest}".Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).TrimEnd('/');
        var cut = path.LastIndexOf('/');
        return cut > 0 && _parts.Contains(path[(cut + 1)..], StringComparer.Ordinal) ? new(path[..cut], path[(cut + 1)..]) : new(path, null);
    }
}
