using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Safety;

/// <summary>
/// Judges pictures and videos by the operator's rules. It stands on the server's side of the worker protocol: a worker elsewhere is never asked, and never believed.
/// What a picture scores goes to the operator's log and nowhere else.
/// </summary>
public interface ISafetyChecker
{
    /// <summary>What judges, for records; null where the operator configured no checker.</summary>
    ClassifierFacts? Classifier { get; }

    /// <summary>Whether a run with this input is checked: a checker is there, and the caller did not switch it off or may not.</summary>
    bool Covers(ValidatedInput input);

    /// <summary>Judges the prompt, unless the operator does not want that, where a language model is there to ask; else nobody does, and the verdict says so.</summary>
    Task<SafetyVerdict> JudgePromptAsync(SafetySubject subject, ValidatedInput input, CancellationToken ct);

    /// <summary>Judges an input picture or every second of an input video.</summary>
    /// <exception cref="EngineException">The file cannot be decoded.</exception>
    Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, MediaInput medium, CancellationToken ct);

    /// <summary>As the other, for content that is not in a file yet.</summary>
    Task<SafetyVerdict> JudgeInputAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);

    /// <summary>Begins to watch the frames of a video that is being made.</summary>
    IFrameWatch Watch(SafetySubject subject);

    /// <summary>Judges a finished video by its file, whoever made it, and its pictures: the same frames as <see cref="Watch"/>.</summary>
    /// <exception cref="EngineException">A file cannot be decoded.</exception>
    Task<SafetyVerdict> JudgeOutputAsync(SafetySubject subject, MediaInput video, VideoFormat format, IReadOnlyList<MediaInput> pictures, CancellationToken ct);

    /// <summary>Whether a preview of a video under way may be shown: one that the output's rules would refuse or blur may not.</summary>
    Task<bool> AllowsPreviewAsync(SafetySubject subject, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);
}

/// <summary>Looks at the frames of one video as they are made: the first, the last and one of every second.</summary>
public interface IFrameWatch
{
    /// <summary>Takes what it needs of a frame (see <see cref="VideoFormat"/> for its layout); cheap for frames that are not sampled.</summary>
    void See(VideoFormat format, int index, ReadOnlySpan<byte> frame);

    /// <summary>Judges what was seen.</summary>
    Task<SafetyVerdict> JudgeAsync(CancellationToken ct);
}

/// <param name="Name">Name by the classifier's manifest.</param>
/// <param name="Digest">SHA-256 of its file, lower-case hexadecimal.</param>
public sealed record ClassifierFacts(string Name, string Digest);

/// <summary>What is checked, for the log.</summary>
/// <param name="RunId">Null before a run exists.</param>
/// <param name="What">For example <c>input.image_url</c>.</param>
public sealed record SafetySubject(Guid? RunId, string What);
