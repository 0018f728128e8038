using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Safety;

/// <summary>The checker where none is configured: nothing is checked, and records say so.</summary>
public sealed class NoSafetyChecker : ISafetyChecker
{
    public ClassifierFacts? Classifier => null;

    public bool Covers(ValidatedInput input) => false;

    public Task<SafetyVerdict> JudgePromptAsync(SafetySubject subject, ValidatedInput input, CancellationToken ct) => throw Nothing();

    public Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, MediaInput medium, CancellationToken ct) => throw Nothing();

    public Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) => throw Nothing();

    public IFrameWatch Watch(SafetySubject subject) => throw Nothing();

    public Task<SafetyVerdict> JudgeOutputAsync(SafetySubject subject, MediaInput video, VideoFormat format, IReadOnlyList<MediaInput> pictures, CancellationToken ct) => throw Nothing();

    public Task<bool> AllowsPreviewAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) => Task.FromResult(true);

    private static InvalidOperationException Nothing() => new("No safety checker is configured; ask Covers first.");
}
