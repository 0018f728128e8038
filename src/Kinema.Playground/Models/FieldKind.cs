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
    Media,
}

internal static class FieldKinds
{
    /// <summary>More steps than a slider can be set to by hand.</summary>
    private const long MostSteps = 120;

    public static FieldKind Of(FieldManifest field) => field switch
    {
        { Media: not null } => FieldKind.Media,
        { Type: FieldType.Boolean } => FieldKind.Flag,
        { Meaning: FieldMeaning.Seed } => FieldKind.Number,
        { Type: FieldType.Integer, Minimum: { } minimum, Maximum: { } maximum } when maximum - minimum <= MostSteps => FieldKind.Slider,
        { Type: FieldType.Integer } => FieldKind.Number,
        { AllowedValues.Count: > 0 } => FieldKind.Choice,
        _ => FieldKind.Text,
    };

    /// <summary>Whether the field is folded away: most people leave it as it is.</summary>
    public static bool IsAdvanced(FieldManifest field) => !field.Required
        && field.Meaning is FieldMeaning.NegativePrompt or FieldMeaning.Seed or FieldMeaning.EnablePromptExpansion or FieldMeaning.EnableSafetyChecker;
}
