namespace Kinema.Media;

/// <summary>Writes the tracks of a finished video into a new file without coding them again.</summary>
public interface IVideoRemuxer
{
    /// <param name="source">An MP4 of the output contract; read as an untrusted file.</param>
    /// <param name="target">Path of the new MP4, whose index comes first.</param>
    /// <param name="metadata">Takes the place of the source's own.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="EncodingException">It failed.</exception>
    Task RemuxAsync(string source, string target, IReadOnlyDictionary<string, string> metadata, CancellationToken ct);
}
