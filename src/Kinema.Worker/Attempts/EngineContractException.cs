namespace Kinema.Worker.Attempts;

/// <summary>An engine broke the contract of <see cref="Engines.IVideoEngine"/>. It would again, so the attempt is not repeated.</summary>
/// <param name="violation">What it did, as the end of a sentence that begins with the engine; safe to show to the caller.</param>
internal sealed class EngineContractException(string violation) : Exception(violation);
