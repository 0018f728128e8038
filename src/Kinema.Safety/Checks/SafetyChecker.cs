using System.Security.Cryptography;
using Kinema.Core.Catalog;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Safety.Classifiers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Safety.Checks;

/// <summary>Judges with the configured classifier.</summary>
internal sealed partial class SafetyChecker(
    ClassifierHolder classifier, MediaPictures media, PromptVerdicts prompts, IOptions<SafetyOptions> options, TimeProvider timeProvider, ILogger<SafetyChecker> log)
    : ISafetyChecker, IDisposable
{
    /// <summary>Checks at once: each decodes a picture of up to Media:MaxDecodedPixels.</summary>
    private const int Places = 2;

    private readonly SemaphoreSlim _places = new(Places);
    private readonly Remembered<Scores> _judged = new();
    private readonly Ruling _ruling = new(classifier.Manifest, options.Value.Rules);
    private readonly PictureReader _pictures = new(classifier.Manifest.Input);

    public ClassifierFacts Classifier => classifier.Facts;

    public bool Covers(ValidatedInput input) => !options.Value.CallersMayDisable || !IsSwitchedOff(input);

    public Task<SafetyVerdict> JudgePromptAsync(SafetySubject subject, ValidatedInput input, CancellationToken ct) =>
        prompts.JudgeAsync(subject, input.Get<string>(FieldMeaning.Prompt), ct);

    public Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, MediaInput medium, CancellationToken ct) =>
        JudgeAsync(subject, medium.Digest, token => media.ReadAsync(medium, _pictures, token), _ruling.ForInput, ct);

    public Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        return JudgeAsync(subject, digest, token => media.ReadAsync(content, contentType, digest, _pictures, token), _ruling.ForInput, ct);
    }

    public IFrameWatch Watch(SafetySubject subject) => new FrameWatch(_pictures, (seen, ct) => JudgeAsync(subject, null, _ => seen.ToAsyncEnumerable(), _ruling.ForOutput, ct));

    public Task<SafetyVerdict> JudgeOutputAsync(SafetySubject subject, MediaInput video, VideoFormat format, IReadOnlyList<MediaInput> pictures, CancellationToken ct) =>
        JudgeAsync(subject, null, token => media.ReadAsync(video, format, pictures, _pictures, token), _ruling.ForOutput, ct);

    public async Task<bool> AllowsPreviewAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct)
    {
        try
        {
            return (await JudgeAsync(subject, null, token => media.ReadAsync(content, contentType, "", _pictures, token), _ruling.ForOutput, ct).ConfigureAwait(false)).Action < SafetyAction.Blur;
        }
        catch (EngineException)
        {
            // What cannot be looked at is not shown.
            return false;
        }
    }

    public void Dispose() => _places.Dispose();

    private static bool IsSwitchedOff(ValidatedInput input) =>
        input.Model.Inputs.Any(field => field.Meaning == FieldMeaning.EnableSafetyChecker) && !input.Get<bool>(FieldMeaning.EnableSafetyChecker);

    private async Task<SafetyVerdict> JudgeAsync(
        SafetySubject subject, string? digest, Func<CancellationToken, IAsyncEnumerable<float[]>> read, Func<double[], SafetyAction> rule, CancellationToken ct)
    {
        var began = timeProvider.GetTimestamp();
        try
        {
            var scores = digest is not null && _judged.TryFind(digest, out var known) ? known : await ScoreAsync(read, ct).ConfigureAwait(false);
            if (digest is not null)
                _judged.Keep(digest, scores);
            var action = rule(scores.Highest);
            LogJudged(subject.RunId, subject.What, action, scores.Pictures, scores, timeProvider.GetElapsedTime(began).TotalMilliseconds);
            return SafetyVerdict.Of(action);
        }
        catch (BrokenClassifierException e)
        {
            var isRefused = options.Value.WhenBroken == BrokenAction.Refuse;
            LogBroken(subject.RunId, subject.What, e.Message, isRefused ? "refused" : "not checked", e);
            return SafetyVerdict.Broken(isRefused);
        }
    }

    /// <exception cref="BrokenClassifierException">The classifier does not work, or takes too long.</exception>
    private async Task<Scores> ScoreAsync(Func<CancellationToken, IAsyncEnumerable<float[]>> read, CancellationToken ct)
    {
        await _places.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            // Waiting for a place is not counted: other checks are no fault of this one.
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
            try
            {
                return await Task.Run(() => ScoreAllAsync(read, either.Token), either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new BrokenClassifierException($"a check took longer than {options.Value.TimeoutSeconds} seconds (Safety:TimeoutSeconds)");
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<Scores> ScoreAllAsync(Func<CancellationToken, IAsyncEnumerable<float[]>> read, CancellationToken ct)
    {
        var network = classifier.Get();
        var scores = new Scores(classifier.Manifest);
        await foreach (var picture in read(ct).ConfigureAwait(false))
            scores.Add(network.Classify(picture, ct));
        return scores.Pictures > 0 ? scores : throw new BrokenClassifierException("there was no picture to judge");
    }

    [LoggerMessage(4301, LogLevel.Information, "Safety: {What} of run {RunId}: {Action}, by {Pictures} pictures in {Milliseconds:0} ms ({Scores})")]
    private partial void LogJudged(Guid? runId, string what, SafetyAction action, int pictures, Scores scores, double milliseconds);

    [LoggerMessage(4302, LogLevel.Error, "Safety: the checker does not work; {What} of run {RunId} was {Consequence} (Safety:WhenBroken): {Problem}")]
    private partial void LogBroken(Guid? runId, string what, string problem, string consequence, Exception exception);
}
