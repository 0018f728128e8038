using System.Globalization;
using Kinema.Core.Keys;
using Kinema.Core.Pricing;
using Kinema.Core.Storage;
using Kinema.Core.Upstream;
using Kinema.Storage.Postgres;

namespace Kinema.Storage.Tests.Postgres;

public sealed class PostgresStoreTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_of_the_database_loses_and_doubles_nothing()
    {
        using var store = new PostgresTestStore(server);
        await store.OpenAsync();
        var organizations = store.Get<IOrganizations>();
        var before = await organizations.CreateAsync("Before", Ct);
        server.Restart();
        var after = await organizations.CreateAsync("After", Ct);

        (await organizations.ListAsync(Ct)).Select(o => o.Id).ShouldBe([before.Id, after.Id], ignoreOrder: true);
        (await store.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_server_on_the_database_does_not_start_and_a_command_does()
    {
        using var store = new PostgresTestStore(server);
        await store.OpenAsync();
        using var second = new PostgresTestStore(server, store);
        using var command = new PostgresTestStore(server, store);

        (await Should.ThrowAsync<StoreInUseException>(() => second.OpenAsync())).Message.ShouldContain("Data:Postgres");
        await command.OpenAsync(StoreRole.Tool);
        await command.Get<IOrganizations>().CreateAsync("By a command", Ct);
        (await store.Get<IOrganizations>().ListAsync(Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_lost_its_lock_writes_nothing_once_another_has_taken_over()
    {
        using var first = new PostgresTestStore(server);
        await first.OpenAsync();
        server.Restart();
        using var second = new PostgresTestStore(server, first);
        await second.OpenAsync();

        await Should.ThrowAsync<StoreInUseException>(() => first.Get<IOrganizations>().CreateAsync("Late", Ct));
        (await second.Get<IOrganizations>().ListAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_of_the_first_version_is_migrated_with_its_records()
    {
        using var store = new PostgresTestStore(server);
        await store.OpenAsync();
        var before = await store.Get<IOrganizations>().CreateAsync("Before", Ct);
        store.Close();

        // What version 13 did not have.
        await store.QueryAsync("DROP TABLE upstream_tasks; DELETE FROM schema_versions WHERE version > 13;");
        await store.OpenAsync();

        (await store.Get<IOrganizations>().ListAsync(Ct)).ShouldHaveSingleItem().Id.ShouldBe(before.Id);
        (await store.QueryAsync("SELECT max(version) FROM schema_versions")).ShouldBe([PostgresMigrations.Latest.ToString(CultureInfo.InvariantCulture)]);
        var task = new NewUpstreamTask("run-1", "lane", before.Id.ToString(), Money.Parse("0.50"));
        (await store.Get<IUpstreamTasks>().ReserveAsync(task, new(Money.Zero, Money.Zero), Ct)).ShouldBeOfType<UpstreamReservation.Reserved>();
    }

    [Fact]
    public async Task An_empty_database_beside_files_of_an_earlier_life_is_refused()
    {
        using var store = new PostgresTestStore(server);
        Directory.CreateDirectory(Path.Combine(store.Folder, "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "artifacts", "video.mp4"), "", Ct);

        (await Should.ThrowAsync<StoreDamagedException>(() => store.OpenAsync())).Message.ShouldContain("has no tables");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_without_its_password()
    {
        using var store = new PostgresTestStore(server) { Database = "Host=127.0.0.1;Port=1;Username=kinema;Password=hunter2;Database=none" };

        var error = await Should.ThrowAsync<InvalidOperationException>(() => store.OpenAsync());
        error.Message.ShouldContain("none on 127.0.0.1:1");
        error.ToString().ShouldNotContain("hunter2");
    }
}
