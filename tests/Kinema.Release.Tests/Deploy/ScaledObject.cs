using System.Text.Json.Serialization;
using k8s.Models;

namespace Kinema.Release.Tests.Deploy;

/// <summary>What ours uses of KEDA's <c>keda.sh/v1alpha1</c> (https://keda.sh/docs/2.18/reference/scaledobject-spec/).</summary>
public sealed class ScaledObject
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "";

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    [JsonPropertyName("spec")]
    public ScaledObjectSpec Spec { get; set; } = new();

    public sealed class ScaledObjectSpec
    {
        [JsonPropertyName("scaleTargetRef")]
        public Dictionary<string, string> ScaleTargetRef { get; set; } = [];

        [JsonPropertyName("minReplicaCount")]
        public int MinReplicaCount { get; set; }

        [JsonPropertyName("maxReplicaCount")]
        public int MaxReplicaCount { get; set; }

        [JsonPropertyName("cooldownPeriod")]
        public int CooldownPeriod { get; set; }

        [JsonPropertyName("triggers")]
        public List<Trigger> Triggers { get; set; } = [];
    }

    public sealed class Trigger
    {
        [JsonPropertyName("type")]
        public string Type { get; set; } = "";

        [JsonPropertyName("metadata")]
        public Dictionary<string, string> Metadata { get; set; } = [];
    }
}
