using Kinema.Core.Catalog;

namespace Kinema.Playground.Models;

/// <summary>The control that a field gets. It follows from the manifest, never from a field's name.</summary>
internal enum FieldKind
{
    Text,
    Choice,
    Slider,
    Number,
    Flag,
    List,
    Media,
}

internal static class FieldKinds
{
    /// <summary>More steps than a slider can be set to by hand.</summary>
    private const int MostSteps = 120;

    public static FieldKind Of(FieldManifest field) => field switch
    {
        { Media: not null } => FieldKind.Media,
        { Type: FieldType.Boolean } => FieldKind.Flag,
        { Meaning: FieldMeaning.Seed } => FieldKind.Number,
        { Type: FieldType.List } => FieldKind.List,
        { Type: FieldType.Integer or FieldType.Number } => IsSlider(field) ? FieldKind.Slider : FieldKind.Number,
        { AllowedValues.Count: > 0 } => FieldKind.Choice,
        _ => FieldKind.Text,
    };

    /// <summary>The step of the control; null for any number.</summary>
    public static decimal? StepOf(FieldManifest field) => field.Step ?? (field.Type == FieldType.Integer ? 1 : null);

    /// <summary>A slider always has a value, so what may be left to the engine is none.</summary>
    private static bool IsSlider(FieldManifest field) => (field.Required || field.Default is not null) && StepOf(field) is { } step
        && field is { Minimum: { } minimum, Maximum: { } maximum } && (maximum - minimum) / step <= MostSteps;

    /// <summary>Whether the field is folded away: most people leave it as it is.</summary>
    public static bool IsAdvanced(FieldManifest field) => !field.Required
        && field.Meaning is FieldMeaning.NegativePrompt or FieldMeaning.Seed or FieldMeaning.EnablePromptExpansion or FieldMeaning.EnableSafetyChecker
            or FieldMeaning.Frames or FieldMeaning.EngineSetting;
}
