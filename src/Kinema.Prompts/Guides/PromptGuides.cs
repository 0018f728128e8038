using System.Text.Json;

namespace Kinema.Prompts.Guides;

/// <summary>The guides of this program.</summary>
internal sealed class PromptGuides
{
    public const string General = "general";
    private const string Prefix = "guide-";

    private readonly Dictionary<string, PromptGuide> _guides;

    public PromptGuides()
    {
        var assembly = typeof(PromptGuides).Assembly;
        _guides = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name[Prefix.Length..], name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize(file, PromptsJson.Default.PromptGuide)!;
        });
    }

    public IEnumerable<PromptGuide> All => _guides.Values;

    public PromptGuide Find(string? name) => _guides.GetValueOrDefault(name ?? General) ?? _guides[General];
}
