using System.Security.Cryptography;
using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Storage.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores signing secrets. If an organisation has any, exactly one is current.</summary>
internal sealed class SqliteCallbackSecrets(IStoreDatabase database, SecretBox box, TimeProvider timeProvider) : ICallbackSecrets
{
    private const string TextPrefix = "whsec_";
    private const int RandomBytes = 32;
    private const int ShownCharacters = 10;
    private const int TouchEverySeconds = 60;

    public async Task<(CallbackSecret Secret, string PlainSecret)> CreateAsync(Guid orgId, string? label, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(timeProvider.GetUtcNow());
        var text = TextPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));
        var sealedText = box.Seal(text, id, orgId);
        var row = await database.WriteAsync(
            c =>
            {
                var now = timeProvider.NowMicros();
                return c.QuerySingle<SecretRow>(
                    Sql.AddSecret, new { id = id.ToString(), orgId = orgId.ToString(), keyPrefix = text[..ShownCharacters], sealedText, label, now });
            },
            ct);
        return (row.ToSecret(), text);
    }

    public Task<IReadOnlyList<CallbackSecret>> ListAsync(Guid orgId, CancellationToken ct) => database.ReadAsync<IReadOnlyList<CallbackSecret>>(
        c => [.. c.Query<SecretRow>(Sql.ListSecrets, new { orgId = orgId.ToString() }).Select(s => s.ToSecret())], ct);

    public Task<CallbackSecret?> FindAsync(Guid orgId, Guid id, CancellationToken ct) => database.ReadAsync(c => Find(c, orgId, id)?.ToSecret(), ct);

    /// <remarks>If a secret stops being current, the newest other secret becomes current; a single secret stays current.</remarks>
    public Task<CallbackSecret?> UpdateAsync(Guid orgId, Guid id, string? label, bool? isCurrent, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            if (Find(c, orgId, id) is not { } row)
                return null;

            if (label is not null)
                c.Execute(Sql.LabelSecret, new { id = row.Id, orgId = row.OrgId, label, now = timeProvider.NowMicros() });
            if (isCurrent == true)
                MakeCurrent(c, row.OrgId, row.Id);
            else if (isCurrent == false && row.IsCurrent != 0 && FindNewestOther(c, row.OrgId, row.Id) is { } successor)
                MakeCurrent(c, row.OrgId, successor);
            return Find(c, orgId, id)?.ToSecret();
        },
        ct);

    public Task<bool> DeleteAsync(Guid orgId, Guid id, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var wasCurrent = c.QuerySingleOrDefault<long?>(Sql.DeleteSecret, new { id = id.ToString(), orgId = orgId.ToString() });
            if (wasCurrent == 1 && FindNewestOther(c, orgId.ToString(), id.ToString()) is { } successor)
                MakeCurrent(c, orgId.ToString(), successor);
            return wasCurrent is not null;
        },
        ct);

    public async Task<IReadOnlyList<LiveSecret>> ReadLiveAsync(Guid orgId, CancellationToken ct)
    {
        var now = timeProvider.NowMicros();
        var unlessSince = now - Microseconds.FromSeconds(TouchEverySeconds);
        var rows = await database.ReadAsync(c => c.Query<SecretRow>(Sql.ListLiveSecrets, new { orgId = orgId.ToString() }).AsList(), ct);
        IReadOnlyList<LiveSecret> live = [.. rows.Select(r => r.ToLive(box))];
        if (rows.Exists(r => r.LastUsedAt is null || r.LastUsedAt <= unlessSince))
            await database.WriteAsync(c => c.Execute(Sql.TouchSecrets, new { orgId = orgId.ToString(), unlessSince, now }), ct);

        return live;
    }

    private void MakeCurrent(IStoreConnection connection, string orgId, string id)
    {
        var now = timeProvider.NowMicros();
        connection.Execute(Sql.ClearCurrentSecret, new { orgId, exceptId = id, now });
        connection.Execute(Sql.MakeSecretCurrent, new { id, orgId, now });
    }

    private static SecretRow? Find(IStoreConnection connection, Guid orgId, Guid id) =>
        connection.QuerySingleOrDefault<SecretRow>(Sql.FindSecret, new { id = id.ToString(), orgId = orgId.ToString() });

    private static string? FindNewestOther(IStoreConnection connection, string orgId, string exceptId) =>
        connection.QuerySingleOrDefault<string>(Sql.NewestOtherSecret, new { orgId, exceptId });
}
