using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>One way to make a video, for one set of inputs.</summary>
internal interface IShotFactory
{
    /// <summary>The roles it reads; a request with any other is not for it.</summary>
    IReadOnlyList<MediaRole> SupportedRoles { get; }

    /// <summary>The roles it cannot do without.</summary>
    IReadOnlyList<MediaRole> RequiredRoles { get; }

    /// <summary>Reads the inputs and decides everything. Called away from the caller's thread; looks at the token within each stage.</summary>
    /// <param name="progress">Told before each stage of the work, as its name, the stages done and the stages in all.</param>
    Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct);
}
