using Kinema.Engines;

namespace Kinema.Wan.Engine;

/// <summary>Creates the engine's descriptor from what the checkpoint is.</summary>
internal static class DescriptorFactory
{
    private const int DigestLetters = 8;

    public static EngineDescriptor Create(WanEngineOptions options, WanCheckpoint checkpoint)
    {
        var traits = FamilyTraits.Of(checkpoint.Family);
        var longest = checkpoint.Defaults.NumFrames / checkpoint.Defaults.FramesPerSecond;
        return new()
        {
            Id = options.Id ?? traits.EngineId,
            // The same request gives other pixels with another library or checkpoint.
            Version = $"{checkpoint.LibraryVersion}-{checkpoint.Digest[..DigestLetters]}",
            DisplayName = $"{traits.Name}: open weights on this server's own machines",
            Models = [traits.Model],
            MediaRoles = [.. traits.Media.SelectMany(set => set).Distinct().Order()],
            MediaCombinations = traits.Media,
            Resolutions = traits.Resolutions,
            MinDurationSeconds = 1,
            MaxDurationSeconds = longest,
            PromptGuide = "wan",
            Settings = SettingNames.For(checkpoint.Family),
            SettingValues = new Dictionary<string, IReadOnlyList<string>> { [SettingNames.Loras] = [.. options.OptionalLoras.Keys.Order(StringComparer.Ordinal)] },
        };
    }
}
