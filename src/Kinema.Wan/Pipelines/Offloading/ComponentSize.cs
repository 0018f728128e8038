namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Bytes of a component.</summary>
/// <param name="Stored">To read when it is loaded.</param>
/// <param name="OnDevice">Of memory it takes, loaded.</param>
/// <param name="Mapped">That stay in the mapped files instead.</param>
internal sealed record ComponentSize(long Stored, long OnDevice, long Mapped);
