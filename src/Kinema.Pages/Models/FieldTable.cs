using System.Globalization;
using System.Text;
using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Pages.Models;

/// <summary>The input fields of a model as rows of a Markdown table, with what the validation allows.</summary>
internal static class FieldTable
{
    public static void Write(StringBuilder text, ModelManifest model)
    {
        text.Append("| Field | Type | Required | Allowed values | Default | Description |\n|---|---|---|---|---|---|\n");
        foreach (var field in model.Inputs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{field.Name}` | {TypeOf(field)} | {(field.Required ? "required" : "optional")} | {Allowed(field)} | {Default(field)} | {Cell(field.Description)} |\n");
        }

        foreach (var group in model.ExactlyOneOf)
            text.Append(CultureInfo.InvariantCulture, $"\nGive exactly one of {Names(group)}.\n");
        foreach (var group in model.NotTogether.Where(group => !model.ExactlyOneOf.Any(said => !group.Except(said).Any())))
            text.Append(CultureInfo.InvariantCulture, $"\nGive at most one of {Names(group)}.\n");
    }

    /// <summary>Text that stays in its cell.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');

    private static string TypeOf(FieldManifest field) => field.Type.ToString().ToLowerInvariant();

    private static string Names(IEnumerable<string> fields) => string.Join(" and ", fields.Select(name => $"`{name}`"));

    private static string Default(FieldManifest field) => field.Default is { } value ? $"`{Cell(value.ToString())}`" : "";

    private static string Allowed(FieldManifest field) => field switch
    {
        { AllowedValues.Count: > 0 } => string.Join(", ", field.AllowedValues.Select(value => $"`{Cell(value)}`")),
        { Media: { } media } => Media(media),
        { MaxLength: { } length } => string.Create(CultureInfo.InvariantCulture, $"≤ {length} characters"),
        { Minimum: { } minimum, Maximum: { } maximum } => string.Create(CultureInfo.InvariantCulture, $"{minimum}–{maximum}"),
        { Minimum: { } minimum } => string.Create(CultureInfo.InvariantCulture, $"≥ {minimum}"),
        { Maximum: { } maximum } => string.Create(CultureInfo.InvariantCulture, $"≤ {maximum}"),
        { Type: FieldType.Boolean } => "`true`, `false`",
        _ => "any",
    };

    private static string Media(MediaLimits media)
    {
        List<string> parts = [string.Join(", ", media.ContentTypes.Select(type => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..].ToUpperInvariant()))];
        if (Range(media.MinSeconds, media.MaxSeconds) is { } seconds)
            parts.Add($"{seconds} s");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"≤ {media.MaxBytes / 1e6:0.#} MB"));
        if (media.MaxPixels is { } pixels)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"≤ {pixels / 1e6:0.#} megapixels"));
        if (Range(media.MinSide, media.MaxSide) is { } sides)
            parts.Add($"sides {sides}");
        if (media.MaxAspectRatio is { } ratio)
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
