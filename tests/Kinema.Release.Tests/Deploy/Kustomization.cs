using System.Text.Json.Serialization;

namespace Kinema.Release.Tests.Deploy;

/// <summary>What our <c>kustomization.yaml</c> uses of <c>kustomize.config.k8s.io/v1beta1</c>.</summary>
public sealed class Kustomization
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("namespace")]
    public string Namespace { get; set; } = "";

    [JsonPropertyName("resources")]
    public List<string> Resources { get; set; } = [];

    [JsonPropertyName("images")]
    public List<Dictionary<string, string>> Images { get; set; } = [];
}
