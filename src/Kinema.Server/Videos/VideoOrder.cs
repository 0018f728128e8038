using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Server.Errors;
using Kinema.Server.Requests;

namespace Kinema.Server.Videos;

/// <summary>A create request as the body of a run: <c>{input, metadata}</c>.</summary>
/// <param name="Input">Members of the input, but for a file.</param>
/// <param name="Metadata">The metadata.</param>
/// <param name="FileField">Field of the file; null for none.</param>
/// <param name="File">Its bytes.</param>
/// <param name="Digest">SHA-256 of model and members, lower-case hexadecimal: of two requests with the same one, the second may be a repetition.</param>
internal sealed record VideoOrder(JsonObject Input, JsonObject Metadata, string? FileField, ReadOnlyMemory<byte> File, string Digest)
{
    /// <summary>Member of a run's metadata that holds what the facade must know again.</summary>
    public const string Name = "videos_api";

    /// <summary>Bytes of the file that are coded at a time; a multiple of three.</summary>
    private const int Piece = 48 * 1024;

    private static readonly Dictionary<string, FieldMeaning> _renamed = new(StringComparer.Ordinal)
    {
        ["prompt"] = FieldMeaning.Prompt,
        ["seconds"] = FieldMeaning.Duration,
        ["size"] = FieldMeaning.Resolution,
        [VideoForm.InputReference] = FieldMeaning.FirstFrame,
        [$"{VideoForm.InputReference}[image_url]"] = FieldMeaning.FirstFrame,
        [$"{VideoForm.InputReference}[file_id]"] = FieldMeaning.FirstFrame,
    };

    public static (VideoOrder? Order, ApiError? Refusal) Read(VideoForm form, ModelManifest model)
    {
        var input = new JsonObject();
        string? fileField = null;
        foreach (var (name, value) in form.Values.Where(value => value.Key != "model"))
        {
            if (FieldOf(model, name) is not { } field)
                return (null, VideoErrors.Invalid(name, $"{ReceivedValue.Shorten(name)} is no member of a video of this model"));
            if (name == "size" && (VideoSizes.ResolutionOf(value.ToString()) is not { } resolution || !field.AllowedValues.Contains(resolution)))
                return (null, VideoErrors.Invalid("size", $"size must be one of {VideoSizes.AllowedBy(field)} for {model.Slug}; got \"{ReceivedValue.Shorten(value.ToString())}\""));

            input[field.Name] = name switch
            {
                "size" => VideoSizes.ResolutionOf(value.ToString()),
                _ when name.EndsWith("[file_id]", StringComparison.Ordinal) && Guid.TryParse(value.ToString(), out var asset) => AssetReference.For(asset),
                _ => Typed(field, value),
            };
        }

        if (form.File.Length > 0)
        {
            if (model.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.FirstFrame) is not { } picture)
                return (null, VideoErrors.Invalid(VideoForm.InputReference, $"{VideoForm.InputReference} is not read by {model.Slug}"));
            if (form.File.Length > DataUri.MaxBytes)
                return (null, VideoErrors.Invalid(VideoForm.InputReference, $"{VideoForm.InputReference} must have at most {DataUri.MaxBytes} bytes; got {form.File.Length}. Give the URL of a larger picture."));
            input.Remove(picture.Name);
            fileField = picture.Name;
        }

        var whole = new JsonObject { ["model"] = model.Slug, ["input"] = Sorted(input), ["file"] = Convert.ToHexStringLower(SHA256.HashData(form.File.Span)) };
        var digest = Convert.ToHexStringLower(SHA256.HashData(WireJson.Write(writer => whole.WriteTo(writer))));
        var kept = new JsonObject { ["digest"] = digest };
        if (form.Values.GetValueOrDefault("size") is { } size)
            kept["size"] = size.ToString();
        return (new(input, new JsonObject { [Name] = kept }, fileField, form.File, digest), null);
    }

    /// <summary>Most bytes that the body takes.</summary>
    public int BodyLength => Head().Length + Tail().Length + Base64.GetMaxEncodedToUtf8Length(File.Length);

    /// <summary>Writes the body. The file goes into it piece by piece: as text in memory it would take three times its size.</summary>
    public void WriteTo(PooledBody body)
    {
        body.Append(Head());
        var coded = new byte[Base64.GetMaxEncodedToUtf8Length(Piece)];
        for (var start = 0; start < File.Length; start += Piece)
        {
            Base64.EncodeToUtf8(File.Span[start..Math.Min(File.Length, start + Piece)], coded, out _, out var written);
            body.Append(coded.AsMemory(0, written));
        }

        body.Append(Tail());
    }

    /// <summary>Name of the facade's member for a field of the model.</summary>
    public static string NameOf(ModelManifest model, string field) =>
        model.Inputs.FirstOrDefault(one => one.Name == field) is { } known && _renamed.FirstOrDefault(name => name.Value == known.Meaning).Key is { } name ? name : field;

    private byte[] Head()
    {
        var input = WireJson.Text(Input);
        if (FileField is null)
            return Encoding.UTF8.GetBytes($$"""{"metadata":{{WireJson.Text(Metadata)}},"input":{{input}}}""");

        var type = Media.ContentTypes.Sniff(File.Span[..Math.Min(File.Length, Media.ContentTypes.BytesNeeded)]);
        var members = Input.Count == 0 ? "" : input[1..^1] + ",";
        return Encoding.UTF8.GetBytes($$"""{"metadata":{{WireJson.Text(Metadata)}},"input":{{{members}}"{{FileField}}":"data:{{type}};base64,""");
    }

    private byte[] Tail() => FileField is null ? [] : "\"}}"u8.ToArray();

    private static FieldManifest? FieldOf(ModelManifest model, string name) => _renamed.TryGetValue(name, out var meaning)
        ? model.Inputs.FirstOrDefault(field => field.Meaning == meaning)
        : model.Inputs.FirstOrDefault(field => field.Name == name);

    /// <summary>A form has texts only; what is no number or no flag stays text, and validation says what is allowed.</summary>
    private static JsonNode Typed(FieldManifest field, JsonNode value) => value is JsonValue single && single.TryGetValue<string>(out var text)
        ? field.Type switch
        {
            FieldType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            FieldType.Number when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            FieldType.Boolean when text is "true" or "false" => text == "true",
            _ => text,
        }
        : value.DeepClone();

    private static JsonObject Sorted(JsonObject input) => new(input.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
