using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Playground.Runs.Panel;

namespace Kinema.Playground.Runs.Compare;

/// <summary>A run to compare with, as an entry of a list.</summary>
public sealed record Choice(Guid Id, string Text)
{
    internal static Choice Of(Run run)
    {
        using var input = JsonDocument.Parse(run.EffectiveInputJson);
        var prompt = input.RootElement.TryGetProperty("prompt", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return new(run.Id, $"{RunWords.Time(run.CreatedAt)} {ReceivedValue.Shorten(prompt)}".TrimEnd());
    }
}
