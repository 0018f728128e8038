using System.Net.Http.Json;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Gets the callback deliveries of a run, newest first, each with its attempts; at most the newest 500.</summary>
    public Task<IReadOnlyList<CallbackDelivery>> GetDeliveriesAsync(Guid runId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Get($"v1/runs/{runId}/callback?limit=500"), Wire.Default.IReadOnlyListCallbackDelivery, cancellationToken);

    /// <summary>Sends the callback of an ended run again, with its current state.</summary>
    public Task<CallbackDelivery> RedeliverCallbackAsync(Guid runId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Post($"v1/runs/{runId}/callback-redeliveries"), Wire.Default.CallbackDelivery, cancellationToken);

    /// <summary>
    /// Creates a callback signing secret. Only this answer contains <see cref="CallbackSecret.PlainSecret"/>, and the server keeps no second copy of it: the call is
    /// never repeated. After a lost answer, delete the secret that nobody knows.
    /// </summary>
    /// <param name="label">Up to 255 characters; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<CallbackSecret> CreateSecretAsync(string? label = null, CancellationToken cancellationToken = default) => _api.SendAsync(
        new(HttpMethod.Post, "v1/callback-secrets") { Body = SecretContent(new(label, null)), IsRepeatable = false }, Wire.Default.CallbackSecret, cancellationToken);

    /// <summary>Lists the organization's secrets without their text, newest first by default.</summary>
    public PagedList<CallbackSecret> ListSecretsAsync(ListOptions? options = null) => List("v1/callback-secrets", options, Wire.Default.PageCallbackSecret);

    /// <summary>Makes a secret the one that signs <c>Runflow-Signature</c>. Every secret signs <c>webhook-signature</c>.</summary>
    public Task<CallbackSecret> MakeSecretCurrentAsync(Guid id, CancellationToken cancellationToken = default) => UpdateSecretAsync(id, new(null, true), cancellationToken);

    /// <summary>Gives a secret another label.</summary>
    /// <param name="id">Secret id.</param>
    /// <param name="label">1 to 255 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<CallbackSecret> LabelSecretAsync(Guid id, string label, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return UpdateSecretAsync(id, new(label, null), cancellationToken);
    }

    /// <summary>Deletes a secret; it stops signing callbacks.</summary>
    public Task DeleteSecretAsync(Guid id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"v1/callback-secrets/{id}", cancellationToken);

    /// <summary>Gets whether the organization's callbacks wait.</summary>
    public Task<CallbackPause> GetCallbackPauseAsync(CancellationToken cancellationToken = default) => PauseAsync(HttpMethod.Get, cancellationToken);

    /// <summary>Lets the organization's callbacks wait, for a receiver that can hold only one secret, until <see cref="ResumeCallbacksAsync"/>.</summary>
    public Task<CallbackPause> PauseCallbacksAsync(CancellationToken cancellationToken = default) => PauseAsync(HttpMethod.Put, cancellationToken);

    /// <summary>Lets callbacks go on; those that waited are sent.</summary>
    public Task<CallbackPause> ResumeCallbacksAsync(CancellationToken cancellationToken = default) => PauseAsync(HttpMethod.Delete, cancellationToken);

    private Task<CallbackPause> PauseAsync(HttpMethod method, CancellationToken cancellationToken) =>
        _api.SendAsync(new(method, "v1/callback-pause"), Wire.Default.CallbackPause, cancellationToken);

    private Task<CallbackSecret> UpdateSecretAsync(Guid id, SecretBody body, CancellationToken cancellationToken) => _api.SendAsync(
        new(HttpMethod.Patch, $"v1/callback-secrets/{id}") { Body = SecretContent(body) }, Wire.Default.CallbackSecret, cancellationToken);

    private static JsonContent SecretContent(SecretBody body) => JsonContent.Create(body, Wire.Default.SecretBody);
}
