using System.Buffers;

namespace Kinema.Core.Workers;

/// <summary>Ids of engines that come from outside: an operator's key or a worker's registration.</summary>
public static class EngineId
{
    public const int MaxLength = 64;

    /// <summary>What an id must be, to follow the field's name in a message.</summary>
    public const string Rule = "must have 1 to 64 characters of a to z, 0 to 9 and '-'";

    private static readonly SearchValues<char> _allowed = SearchValues.Create("0123456789-abcdefghijklmnopqrstuvwxyz");

    public static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExcept(_allowed);
}
