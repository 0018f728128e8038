using System.Net;
using System.Text.Json;
using Kinema.Client;
using Kinema.Engines;

namespace Kinema.Cli.Runs;

/// <summary>Media limits of a model on the server.</summary>
internal sealed class ModelLimits(Model? model)
{
    /// <summary>Reads the limits. A key without permission to read models can still create runs; then only the server checks the files.</summary>
    public static async Task<ModelLimits> ReadAsync(KinemaClient client, string model, CancellationToken ct)
    {
        try
        {
            return new(await client.GetModelAsync(model, ct));
        }
        catch (KinemaException e) when (e.HttpStatusCode == HttpStatusCode.Forbidden)
        {
            return new(null);
        }
    }

    public MediaLimits For(MediaKind kind)
    {
        var attributes = model?.Inputs?.FirstOrDefault(i => i.Name == kind.Field)?.Limits;
        if (attributes is not { ValueKind: JsonValueKind.Object } found)
            return kind.Unlimited;

        return new()
        {
            ContentTypes = found.TryGetProperty("content_types", out var types) && types.ValueKind == JsonValueKind.Array
                ? [.. types.EnumerateArray().Select(type => type.GetString()!)]
                : kind.ContentTypes,
            MaxBytes = (long?)Number(found, "max_bytes") ?? long.MaxValue,
            MinSide = (int?)Number(found, "min_side"),
            MaxSide = (int?)Number(found, "max_side"),
            MaxPixels = (long?)Number(found, "max_pixels"),
            MaxAspectRatio = Number(found, "max_aspect_ratio"),
        };
    }

    private static double? Number(JsonElement attributes, string name) =>
        attributes.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
