using System.Buffers;

namespace Kinema.Core.Workers;

/// <summary>Ids of engines that come from outside: an operator's key or a worker's registration.</summary>
public static class EngineId
{
    public const int MaxLength = 64;

    /// <summary>What an id must be, to follow the field's name in a message.</summary>
    public const string Rule = "must have 1 to 64 characters of a to z, 0 to 9 and '-'";

    private static readonly SearchValues<char> _allowed = SearchValues.Create("0123456789-abcdefghijklmnopqrstuvwxyz");

    /// <summary>What the ids of fleets begin with: <c>fleet:gpus</c> is the engine of the operator's servers <c>Fleets:gpus</c>.</summary>
    private const string OfFleet = "fleet:";

    public static bool IsValid(string id)
    {
        var name = id.StartsWith(OfFleet, StringComparison.Ordinal) ? id.AsSpan(OfFleet.Length) : id;
        return name.Length > 0 && id.Length <= MaxLength && !name.ContainsAnyExcept(_allowed);
    }

    /// <summary>Whether the engine is a fleet: which model its servers have, only their operator knows.</summary>
    public static bool IsFleet(string id) => id.StartsWith(OfFleet, StringComparison.Ordinal);
}
