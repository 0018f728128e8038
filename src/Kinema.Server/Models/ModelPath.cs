namespace Kinema.Server.Models;

/// <summary>
/// Parsed path <c>/v1/models/{owner}/{slug...}[/{part}[/{id}]]</c>; an id may stand for owner and slug. A slug has any number of segments, so one parser
/// reads all paths: a reserved word at the end, or before a row's id, is a part of the model; all else belongs to the slug.
/// </summary>
internal sealed record ModelPath(string Slug, string? Part, string? RowId = null)
{
    public const string Runs = "runs";
    public const string Estimates = "estimates";
    public const string Batches = "batches";
    public const string Inputs = "inputs";
    public const string Outputs = "outputs";
    public const string Examples = "examples";
    public const string Pricing = "pricing";

    private static readonly string[] _rows = [Inputs, Outputs, Examples, Pricing];
    private static readonly string[] _parts = [Runs, Estimates, Batches, .. _rows];

    /// <summary>Decodes the one escape of a path that the host leaves.</summary>
    public static string Unescape(string path) => path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).TrimEnd('/');

    public static ModelPath Parse(string owner, string? rest)
    {
        var path = Unescape($"{owner}/{rest}");
        return path.Split('/') switch
        {
            [.. { Length: > 0 } slug, var part] when _parts.Contains(part) => new(string.Join('/', slug), part),
            [.. { Length: > 0 } slug, var part, var row] when _rows.Contains(part) => new(string.Join('/', slug), part, row),
            _ => new(path, null),
        };
    }
}
