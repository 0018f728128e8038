using Kinema.Core.Callbacks;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>How far the change of a signing secret is, told from what is stored: nothing else remembers it, so any browser can go on with it.</summary>
/// <param name="Secrets">The organization's secrets, newest first.</param>
/// <param name="Pause">Whether callbacks wait.</param>
public sealed record Rotation(IReadOnlyList<CallbackSecret> Secrets, CallbackPause Pause)
{
    public CallbackSecret? Current => Secrets.FirstOrDefault(secret => secret.IsCurrent);

    public CallbackSecret? Newest => Secrets.Count > 0 ? Secrets[0] : null;

    /// <summary>Secrets that are to go: all but the current one, once the newest is current.</summary>
    public IEnumerable<CallbackSecret> Old => Step == RotationStep.DeleteOld ? Secrets.Where(secret => !secret.IsCurrent) : [];

    public bool IsPaused => Pause.PausedAt is not null;

    /// <summary>Whether a change is under way at all.</summary>
    public bool IsUnderWay => IsPaused || Secrets.Count > 1;

    public RotationStep Step => Secrets.Count switch
    {
        0 => RotationStep.Create,
        1 when !IsPaused => RotationStep.Pause,
        // A secret that is younger than the pause is the new one: the old one is gone already.
        1 => Newest!.CreatedAt > Pause.PausedAt ? RotationStep.Resume : RotationStep.Create,
        _ => Newest!.IsCurrent ? RotationStep.DeleteOld : RotationStep.MakeCurrent,
    };

    public static async Task<Rotation> ReadAsync(Guid orgId, ICallbackSecrets secrets, ICallbackPauses pauses, CancellationToken ct) => new(
        [.. (await secrets.ListAsync(orgId, ct)).Where(secret => secret.DisabledAt is null).OrderByDescending(secret => secret.CreatedAt)],
        await pauses.ReadAsync(orgId, ct));
}

/// <summary>The steps in their order.</summary>
public enum RotationStep
{
    /// <summary>Optional: for a receiver that can hold only one secret.</summary>
    Pause,
    Create,

    /// <summary>Never forced: it changes nothing.</summary>
    Verify,
    MakeCurrent,
    DeleteOld,
    Resume,
}
