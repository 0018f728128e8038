using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinema.Cli.Output;
using Kinema.Core.Catalog;
using Spectre.Console;

namespace Kinema.Cli.Models;

/// <summary>Prints a manifest as text and as JSON.</summary>
internal static class ModelDetails
{
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static object ToJson(ModelManifest model) => new
    {
        model.Id,
        model.Slug,
        model.Version,
        model.Name,
        model.Tagline,
        model.Provider,
        model.License,
        model.LastUpdated,
        model.Category,
        model.Enabled,
        Engines = model.Engines.Count == 0 ? null : model.Engines,
        model.FrameRate,
        Price = new { Amount = model.Price.Amount.ToString(), model.Price.Unit, model.Price.Note },
        Inputs = model.Inputs.Select(f => new
        {
            f.Name,
            Type = TypeOf(f),
            f.Description,
            f.Required,
            f.Default,
            f.DefaultNote,
            AllowedValues = f.AllowedValues.Count == 0 ? null : f.AllowedValues,
            f.Minimum,
            f.Maximum,
            f.Step,
            f.MaxLength,
            f.MaxItems,
        }),
        model.ExactlyOneOf,
        model.NotTogether,
        Outputs = model.Outputs.Select(o => new { o.Name, o.Type, o.Description }),
        Examples = model.Examples.Select(e => new { e.Title, e.Description, e.Input }),
    };

    public static void Write(IAnsiConsole console, ModelManifest model)
    {
        console.MarkupLineInterpolated($"[bold]{model.Name}[/]");
        console.WriteLine(model.Tagline);
        console.WriteLine();
        console.WriteFacts(
            ("model", model.Slug),
            ("id", model.Id.ToString()),
            ("provider", model.Provider),
            ("license", model.License),
            ("price", $"{ModelsCommand.Price(model)} ({model.Price.Note})"),
            ("engines", model.Engines.Count == 0 ? null : string.Join(", ", model.Engines)),
            ("frame rate", model.FrameRate?.ToString(CultureInfo.InvariantCulture)),
            ("endpoint", $"POST /v1/models/{model.Slug}/runs"),
            ("exactly one of", Groups(model.ExactlyOneOf)),
            ("not together", Groups(model.NotTogether)));
        console.WriteLine();

        var table = Tables.Create("FIELD", "TYPE", "ALLOWED", "DEFAULT");
        foreach (var field in model.Inputs)
            table.Add(field.Name + (field.Required ? " (required)" : ""), TypeOf(field), Allowed(field), DefaultOf(field));
        console.Write(table);
    }

    private static string? Groups(IReadOnlyList<IReadOnlyList<string>> groups) =>
        groups.Count == 0 ? null : string.Join("; ", groups.Select(g => string.Join(", ", g)));

    private static string? DefaultOf(FieldManifest field) => field.Default is { } value ? ReceivedValue.Shorten(value.ToJsonString(_readable)) : field.DefaultNote;

    private static string TypeOf(FieldManifest field) => field.Type.ToString().ToLowerInvariant();

    private static string? Allowed(FieldManifest field) => field switch
    {
        { MaxItems: { } most } => FormattableString.Invariant($"up to {most}{(field.AllowedValues.Count > 0 ? $" of {string.Join(", ", field.AllowedValues)}" : "")}"),
        { AllowedValues.Count: > 0 } => string.Join(", ", field.AllowedValues),
        { Minimum: { } from, Maximum: { } to } => FormattableString.Invariant($"{from} to {to}{(field.Step is { } step ? $" in steps of {step}" : "")}"),
        { Media: { } media } => $"{string.Join(", ", media.ContentTypes.Select(t => t.Split('/')[^1]))}; up to {Wording.Bytes(media.MaxBytes)}",
        { MaxLength: { } length } => FormattableString.Invariant($"up to {length} characters"),
        _ => null,
    };
}
