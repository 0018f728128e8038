using Kinema.Core.Catalog;

namespace Kinema.Server.Requests;

/// <summary>The parameter <c>embed</c>: which related records an answer shall hold, separated by commas.</summary>
internal static class Embed
{
    /// <param name="text">The parameter; null or blank for none.</param>
    /// <param name="known">What the route can embed.</param>
    /// <param name="embedded">What the caller asked for.</param>
    /// <returns>Every problem; empty if valid.</returns>
    public static IReadOnlyList<FieldError> Read(string? text, IReadOnlyList<string> known, out IReadOnlySet<string> embedded)
    {
        embedded = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        return [.. embedded.Except(known).Take(10).Select(unknown => FieldError.Query(
            "embed", $"names \"{ReceivedValue.Shorten(unknown)}\"; allowed are {string.Join(", ", known)}", FieldErrorTypes.NotAllowed))];
    }
}
