using System.Globalization;
using System.Text;
using Kinema.Core.Catalog;

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

    private static string TypeOf(FieldManifest field) => field.Type == FieldType.List ? "list of strings" : field.Type.ToString().ToLowerInvariant();

    private static string Names(IEnumerable<string> fields) => string.Join(" and ", fields.Select(name => $"`{name}`"));

    private static string Default(FieldManifest field) => field.Default is { } value ? $"`{Cell(value.ToString())}`" : Cell(field.DefaultNote ?? "");

    private static string Allowed(FieldManifest field) => field.Step is { } step
        ? string.Create(CultureInfo.InvariantCulture, $"{AllowedOf(field)} in steps of {step}")
        : field.MaxItems is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most}: {AllowedOf(field)}") : AllowedOf(field);

    private static string AllowedOf(FieldManifest field) => field switch
    {
        { AllowedValues.Count: > 0 } => string.Join(", ", field.AllowedValues.Select(value => $"`{Cell(value)}`")),
        { Media: { } media } => MediaLimitsText.Of(media),
        { MaxLength: { } length } => string.Create(CultureInfo.InvariantCulture, $"≤ {length} characters"),
        { Minimum: { } minimum, Maximum: { } maximum } => string.Create(CultureInfo.InvariantCulture, $"{minimum}–{maximum}"),
        { Minimum: { } minimum } => string.Create(CultureInfo.InvariantCulture, $"≥ {minimum}"),
        { Maximum: { } maximum } => string.Create(CultureInfo.InvariantCulture, $"≤ {maximum}"),
        { Type: FieldType.Boolean } => "`true`, `false`",
        _ => "any",
    };
}
