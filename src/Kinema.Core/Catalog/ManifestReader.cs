using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>Reads manifests strictly: an unknown name or a broken rule prevents the server from starting.</summary>
public static class ManifestReader
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <param name="json">The file's content.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="ManifestException">The manifest cannot be served.</exception>
    public static ModelManifest Read(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, _strict);
            var root = ManifestNode.Root(document.RootElement, name);
            var manifest = ReadModel(root);
            foreach (var (field, problem) in ManifestRules.Check(manifest))
                throw new ManifestException(name, field, problem);

            return manifest;
        }
        catch (JsonException e)
        {
            throw new ManifestException($"{name}: not valid JSON: {e.Message}", e);
        }
    }

    private static ModelManifest ReadModel(ManifestNode node)
    {
        var model = new ModelManifest
        {
            Id = node.Id("id"),
            Slug = node.Text("slug"),
            Version = node.Integer("version"),
            Name = node.Text("name"),
            Tagline = node.Text("tagline"),
            Provider = node.Text("provider"),
            License = node.Text("license"),
            LastUpdated = node.Date("last_updated"),
            Category = node.Text("category"),
            Poster = node.OptionalText("poster"),
            Preview = node.OptionalText("preview"),
            Enabled = node.Flag("enabled", otherwise: true),
            Price = ReadPrice(node.Object("price")),
            Engines = node.Texts("engines"),
            Setup = node.OptionalObject("setup") is { } setup ? ReadSetup(setup) : null,
            FrameRate = node.OptionalSmallInteger("frame_rate"),
            Inputs = [.. node.Objects("inputs").Select(ReadField)],
            ExactlyOneOf = node.TextGroups("exactly_one_of"),
            NotTogether = node.TextGroups("not_together"),
            Outputs = [.. node.Objects("outputs").Select(ReadOutput)],
            Examples = [.. node.Objects("examples").Select(ReadExample)],
        };
        node.Complete();
        return model;
    }

    private static PriceManifest ReadPrice(ManifestNode node)
    {
        if (!Money.TryParse(node.Text("amount"), out var amount))
            throw node.Wrong("amount", "must be decimal dollars with at most six decimals, such as \"0.10\"");

        var price = new PriceManifest(amount, node.Text("unit"), node.Text("note"));
        node.Complete();
        return price;
    }

    private static SetupManifest ReadSetup(ManifestNode node)
    {
        var setup = new SetupManifest(node.Text("text"), node.OptionalText("page"));
        node.Complete();
        return setup;
    }

    private static FieldManifest ReadField(ManifestNode node)
    {
        var type = node.Code<FieldType>("type");
        var field = new FieldManifest
        {
            Name = node.Text("name"),
            Type = type,
            Meaning = node.Code<FieldMeaning>("meaning"),
            DisplayName = node.Text("display_name"),
            Description = node.Text("description"),
            Required = node.Flag("required", otherwise: false),
            Default = ReadDefault(node, type),
            DefaultNote = node.OptionalText("default_note"),
            AllowedValues = node.Texts("allowed_values"),
            MaxLength = node.OptionalSmallInteger("max_length"),
            MaxItems = node.OptionalSmallInteger("max_items"),
            Minimum = node.OptionalDecimal("minimum"),
            Maximum = node.OptionalDecimal("maximum"),
            Step = node.OptionalDecimal("step"),
            Media = node.OptionalObject("media") is { } media ? ReadMedia(media) : null,
        };
        node.Complete();
        return field;
    }

    private static JsonValue? ReadDefault(ManifestNode node, FieldType type) => node.Value("default") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } when type == FieldType.Number => JsonValue.Create(node.OptionalDecimal("default")!.Value),
        { ValueKind: JsonValueKind.String } text => JsonValue.Create(text.GetString()),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var integer) => JsonValue.Create(integer),
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => JsonValue.Create(flag.GetBoolean()),
        _ => throw node.Wrong("default", "must be a string, an integer or true or false"),
    };

    private static MediaLimits ReadMedia(ManifestNode node)
    {
        var limits = new MediaLimits
        {
            ContentTypes = node.Texts("content_types"),
            MaxBytes = node.OptionalInteger("max_bytes") ?? throw node.Wrong("max_bytes", "is missing; it must be an integer"),
            MinSide = node.OptionalSmallInteger("min_side"),
            MaxSide = node.OptionalSmallInteger("max_side"),
            MaxPixels = node.OptionalInteger("max_pixels"),
            MaxAspectRatio = node.OptionalNumber("max_aspect_ratio"),
            MinSeconds = node.OptionalNumber("min_seconds"),
            MaxSeconds = node.OptionalNumber("max_seconds"),
        };
        node.Complete();
        return limits;
    }

    private static OutputFieldManifest ReadOutput(ManifestNode node)
    {
        var output = new OutputFieldManifest(node.Text("name"), node.Text("type"), node.Text("description"));
        node.Complete();
        return output;
    }

    private static ExampleManifest ReadExample(ManifestNode node)
    {
        var input = node.Value("input") is { ValueKind: JsonValueKind.Object } value
            ? JsonObject.Create(value.Clone())!
            : throw node.Wrong("input", "is missing; it must be an object");
        var example = new ExampleManifest(node.Text("title"), node.OptionalText("description"), input);
        node.Complete();
        return example;
    }
}
