using System.Globalization;
using Kinema.Engines;

namespace Kinema.Pages.Models;

/// <summary>The limits of a medium in words.</summary>
public static class MediaLimitsText
{
    public static string Of(MediaLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        List<string> parts = [string.Join(", ", limits.ContentTypes.Select(type => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..].ToUpperInvariant()))];
        if (Range(limits.MinSeconds, limits.MaxSeconds) is { } seconds)
            parts.Add($"{seconds} s");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"≤ {limits.MaxBytes / 1e6:0.#} MB"));
        if (limits.MaxPixels is { } pixels)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"≤ {pixels / 1e6:0.#} megapixels"));
        if (Range(limits.MinSide, limits.MaxSide) is { } sides)
            parts.Add($"sides {sides}");
        if (limits.MaxAspectRatio is { } ratio)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"ratio 1:{ratio:0.##}–{ratio:0.##}:1"));
        return string.Join("; ", parts);
    }

    private static string? Range(double? minimum, double? maximum) => (minimum, maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low:0.##}–{high:0.##}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"≥ {low:0.##}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"≤ {high:0.##}"),
        _ => null,
    };
}
