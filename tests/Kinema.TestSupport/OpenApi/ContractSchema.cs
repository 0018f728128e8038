using System.Text.Json.Nodes;
using Json.Schema;

namespace Kinema.TestSupport.OpenApi;

/// <summary>A schema that values can be compared with.</summary>
internal sealed class ContractSchema(JsonSchema schema, EvaluationOptions options)
{
    private const int MaxShown = 2000;

    /// <summary>What is wrong with the value, or null.</summary>
    public string? FindProblem(JsonNode? value)
    {
        if (schema.Evaluate(value, options).IsValid)
            return null;

        var verbose = EvaluationOptions.From(options);
        verbose.OutputFormat = OutputFormat.List;
        var problems = schema.Evaluate(value, verbose).Details.Where(detail => detail is { IsValid: false, HasErrors: true })
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        var text = value?.ToJsonString() ?? "null";
        return $"does not fit. {string.Join("; ", problems.Distinct())}\n{(text.Length > MaxShown ? text[..MaxShown] + "…" : text)}";
    }
}
