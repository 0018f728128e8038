namespace Kinema.Core.Catalog;

/// <summary>Semantic rules of one input field of a manifest.</summary>
internal static class FieldRules
{
    /// <summary>Types of which a setting of an engine can be.</summary>
    private static readonly FieldType[] _settings = [FieldType.String, FieldType.Integer, FieldType.Number, FieldType.Boolean, FieldType.List];

    /// <summary>Returns each violated rule: field and problem.</summary>
    public static IEnumerable<(string Field, string Problem)> Check(FieldManifest field) => CheckKind(field).Concat(CheckLimits(field)).Concat(CheckDefault(field));

    private static IEnumerable<(string Field, string Problem)> CheckKind(FieldManifest field)
    {
        var place = Place(field);
        if (field.Name.Length == 0 || !field.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            yield return (place, "must be named with lower-case letters, digits and _");
        if (!TypesOf(field.Meaning).Contains(field.Type))
            yield return ($"{place}.type", $"must be {string.Join(", ", TypesOf(field.Meaning).Select(ManifestNode.CodeOf))} for the meaning {ManifestNode.CodeOf(field.Meaning)}");
        if (field.Type is FieldType.Image or FieldType.Video or FieldType.File != field.Media is not null)
            yield return ($"{place}.media", "must be given for image, video and file, and for nothing else");
        if (field.Media is { ContentTypes.Count: 0 } or { MaxBytes: <= 0 })
            yield return ($"{place}.media", "must name its content_types and a max_bytes above 0");
    }

    private static IEnumerable<(string Field, string Problem)> CheckLimits(FieldManifest field)
    {
        var place = Place(field);
        if (field.Type is not (FieldType.String or FieldType.List) && (field.AllowedValues.Count > 0 || field.MaxLength is not null))
            yield return (place, "has allowed_values or max_length, which only a string or a list may have");
        if (field.Type is not (FieldType.Integer or FieldType.Number) && (field.Minimum ?? field.Maximum ?? field.Step) is not null)
            yield return (place, "has minimum or maximum or step, which only an integer or a number may have");
        if (field.Type == FieldType.Integer && new[] { field.Minimum, field.Maximum, field.Step }.Any(limit => limit is { } number && (number % 1 != 0 || number is < long.MinValue or > long.MaxValue)))
            yield return (place, "has a minimum, maximum or step that is no integer, as its values are");
        if (field.Minimum > field.Maximum)
            yield return (place, "has a minimum above its maximum");
        if (field.Type == FieldType.Number && (field.Minimum is null || field.Maximum is null))
            yield return (place, "must have a minimum and a maximum");
        if (field.Step is <= 0 || (field.Step is not null && field.Minimum is null))
            yield return ($"{place}.step", "must be above 0 and come with a minimum, from which it counts");
        if (field.Type == FieldType.List != field.MaxItems is not null || field.MaxItems is 0)
            yield return ($"{place}.max_items", "must be 1 or more for a list, and given for nothing else");
        if (field is { Meaning: FieldMeaning.EngineSetting, Type: FieldType.String or FieldType.List, AllowedValues.Count: 0, MaxLength: null })
            yield return (place, "must have allowed_values or a max_length");
        if (field.Meaning == FieldMeaning.Seed && field is not { Minimum: >= 0, Maximum: <= int.MaxValue })
            yield return (place, $"must have a minimum and a maximum from 0 to {int.MaxValue}");
        if (field.Meaning == FieldMeaning.Frames && field is not { Minimum: >= 1, Maximum: <= 100_000 })
            yield return (place, "must have a minimum and a maximum from 1 to 100000");
    }

    private static IEnumerable<(string Field, string Problem)> CheckDefault(FieldManifest field)
    {
        var place = $"{Place(field)}.default";
        if (field is { Media: not null, Default: not null })
            yield return (place, "must not be given: a medium comes from the caller");
        else if (field is { Type: FieldType.List, Default: not null })
            yield return (place, "must not be given: a list that is left out is empty");
        else if (field is { Meaning: FieldMeaning.Frames, Default: not null })
            yield return (place, "must not be given: the duration has one");
        else if (field.Default is { } value && FieldReader.Read(field, ManifestRules.ElementOf(value)).Error is { } error)
            yield return (place, $"breaks the field's own rule: {error.Message}");
        if (field is { Default: not null, DefaultNote: not null })
            yield return ($"{place}_note", "must not be given beside a default");
    }

    private static string Place(FieldManifest field) => $"inputs.{field.Name}";

    private static FieldType[] TypesOf(FieldMeaning meaning) => meaning switch
    {
        FieldMeaning.EngineSetting => _settings,
        FieldMeaning.FirstFrame or FieldMeaning.LastFrame => [FieldType.Image],
        FieldMeaning.Clip => [FieldType.Video],
        FieldMeaning.Audio => [FieldType.File],
        FieldMeaning.Duration or FieldMeaning.Seed or FieldMeaning.Frames => [FieldType.Integer],
        FieldMeaning.EnablePromptExpansion or FieldMeaning.EnableSafetyChecker => [FieldType.Boolean],
        _ => [FieldType.String],
    };
}
