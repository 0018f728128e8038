using Kinema.Core.Workers;

namespace Kinema.Core.Keys;

/// <param name="Name">For people.</param>
/// <param name="EngineIds">Engines that its workers may register and claim runs of.</param>
/// <param name="ExpiresAt">When it ends; null for until it is revoked.</param>
public sealed record NewWorkerKey(string Name, IReadOnlyList<string> EngineIds, DateTimeOffset? ExpiresAt)
{
    /// <summary>Longest name, as that of an API key.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Most engines of one key.</summary>
    public const int MaxEngines = 32;

    /// <summary>Says what is wrong with it, where and what is allowed; null if nothing is.</summary>
    public string? FindProblem()
    {
        if (Name.Length is 0 or > MaxNameLength)
            return $"name must have 1 to {MaxNameLength} characters; got {Name.Length}";
        if (EngineIds.Count is 0 or > MaxEngines)
            return $"engine must be given 1 to {MaxEngines} times; got {EngineIds.Count}";
        if (EngineIds.FirstOrDefault(id => !EngineId.IsValid(id)) is { } invalid)
            return $"engine {EngineId.Rule}; got \"{invalid}\"";
        return EngineIds.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { Key: var repeated }
            ? $"engine must name each engine once; got \"{repeated}\" twice"
            : null;
    }
}
