using Kinema.Engines;

namespace Kinema.Motion.Shots;

/// <summary>Plans videos for one set of input roles.</summary>
internal interface IShotFactory
{
    /// <summary>Roles that the factory accepts; it does not serve a request with any other.</summary>
    IReadOnlyList<MediaRole> SupportedRoles { get; }

    /// <summary>Roles that a request must have.</summary>
    IReadOnlyList<MediaRole> RequiredRoles { get; }

    /// <summary>Reads the inputs and plans the whole video. Runs on a background thread and checks the token within each stage.</summary>
    /// <param name="progress">Receives the name, number of finished stages and total before each stage.</param>
    Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct);
}
