namespace Kinema.Core.Keys;

/// <summary>Sessions of browsers. Each stands for a key, has its scopes and ends with it. Only a hash of its token is stored.</summary>
public interface ISessions
{
    /// <summary>Begins a session of a key and returns its token. The oldest of a key that has very many end.</summary>
    /// <param name="keyId">Id of a valid key.</param>
    /// <param name="life">How long it lasts.</param>
    /// <param name="ct">Cancels.</param>
    Task<string> BeginAsync(Guid keyId, TimeSpan life, CancellationToken ct);

    /// <summary>Returns the valid key that the session stands for; null if the session is unknown or over, or the key revoked or expired.</summary>
    Task<ApiKey?> AuthenticateAsync(string token, CancellationToken ct);

    /// <summary>Ends a session; nothing happens if there is none.</summary>
    Task EndAsync(string token, CancellationToken ct);
}
