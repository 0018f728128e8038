using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Fleets;

/// <summary>A run's job on a server of the fleet, as the run's checkpoint keeps it.</summary>
/// <param name="Version">Of this record.</param>
/// <param name="Endpoint">The server.</param>
/// <param name="Id">Its name for the job.</param>
/// <param name="Losses">How many jobs of the run servers have lost.</param>
/// <param name="IsSent">False before the order: a job that the server does not know then is no loss.</param>
internal sealed record FleetJob(int Version, Uri Endpoint, string Id, int Losses, bool IsSent = true)
{
    public const int Current = 1;

    public string Write() => JsonSerializer.Serialize(this, FleetJson.Default.FleetJob);

    /// <returns>Null if the text is no checkpoint of a fleet.</returns>
    public static FleetJob? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, FleetJson.Default.FleetJob) is { Version: Current } job ? job : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FleetJob))]
internal sealed partial class FleetJson : JsonSerializerContext;
