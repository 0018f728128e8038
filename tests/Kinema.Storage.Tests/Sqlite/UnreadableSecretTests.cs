using Kinema.Core.Callbacks;
using Kinema.Core.Keys;

namespace Kinema.Storage.Tests.Sqlite;

public sealed class UnreadableSecretTests : IAsyncLifetime
{
    private readonly SqliteTestStore _store = new();
    private Organization _org = null!;
    private CallbackSecret _secret = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _store.OpenAsync();
        _org = await _store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        (_secret, _) = await _store.Get<ICallbackSecrets>().CreateAsync(_org.Id, null, Ct);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("zeroblob(100)")]
    [InlineData("zeroblob(28)")]
    [InlineData("zeroblob(3)")]
    [InlineData("zeroblob(0)")]
    public async Task A_damaged_text_is_named_by_the_secrets_prefix_and_does_not_count_as_use(string damage)
    {
        await _store.QueryAsync($"UPDATE secrets SET sealed_text = {damage} RETURNING id");

        await ShouldBeNamedAsync();
    }

    [Fact]
    public async Task A_text_sealed_with_another_master_key_is_named_by_the_secrets_prefix()
    {
        _store.Close();
        var key = Path.Combine(_store.Folder, "master.key");
        await File.WriteAllBytesAsync(key, [.. (await File.ReadAllBytesAsync(key, Ct)).Select(b => (byte)~b)], Ct);
        await _store.OpenAsync();

        await ShouldBeNamedAsync();
    }

    private async Task ShouldBeNamedAsync()
    {
        var thrown = await Should.ThrowAsync<CallbackSecretException>(() => _store.Get<ICallbackSecrets>().ReadLiveAsync(_org.Id, Ct));

        thrown.Message.ShouldStartWith($"The callback secret {_secret.KeyPrefix}… cannot be decrypted");
        (await _store.Get<ICallbackSecrets>().FindAsync(_org.Id, _secret.Id, Ct)).ShouldNotBeNull().LastUsedAt.ShouldBeNull();
    }
}
