namespace Kinema.Fleets;

/// <summary>Names of the dialects in settings and records.</summary>
public static class FleetDialects
{
    private static readonly Dictionary<string, FleetDialect> _names = new(StringComparer.Ordinal)
    {
        ["vllm-omni"] = FleetDialect.VllmOmni,
        ["sglang"] = FleetDialect.SglangDiffusion,
        ["fastvideo"] = FleetDialect.FastVideo,
        ["lightx2v"] = FleetDialect.LightX2V,
    };

    public static IReadOnlyCollection<string> Names => _names.Keys;

    public static FleetDialect? Find(string? name) => name is not null && _names.TryGetValue(name, out var dialect) ? dialect : null;

    public static string NameOf(FleetDialect dialect) => _names.First(name => name.Value == dialect).Key;
}
