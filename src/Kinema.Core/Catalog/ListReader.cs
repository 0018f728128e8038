using System.Globalization;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Reads and validates a list of strings. An error names the item, a repeated one too.</summary>
internal static class ListReader
{
    public static FieldReadResult Read(FieldManifest field, JsonElement value)
    {
        var allowed = $"must be an array of at most {field.MaxItems} {ItemsOf(field)}";
        if (value.ValueKind != JsonValueKind.Array)
            return FieldReader.Wrong(field, FieldErrorTypes.Type, allowed, value);
        if (value.GetArrayLength() is var count && count > field.MaxItems)
            return FieldReader.Fail(field, FieldErrorTypes.TooLong, $"{allowed}; got {count}");

        var texts = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var reading = FieldReader.ReadText(field with { Name = $"{field.Name}[{index}]" }, item);
            if (reading.Error is { } error)
                return new(null, error with { Location = ["body", "input", field.Name, index.ToString(CultureInfo.InvariantCulture)] });

            texts.Add((string)reading.Value!);
        }

        return texts.GroupBy(text => text).FirstOrDefault(group => group.Count() > 1) is { Key: var repeated }
            ? FieldReader.Fail(field, FieldErrorTypes.Value, $"must not name \"{ReceivedValue.Shorten(repeated)}\" twice")
            : new(texts, null);
    }

    private static string ItemsOf(FieldManifest field) => field switch
    {
        { AllowedValues.Count: > 0 } => $"of {string.Join(", ", field.AllowedValues.Select(value => $"\"{value}\""))}",
        { MaxLength: { } length } => $"strings of at most {length} characters",
        _ => "strings",
    };
}
