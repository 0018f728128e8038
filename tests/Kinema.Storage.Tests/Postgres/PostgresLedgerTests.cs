using Kinema.Storage.Tests.Conformance;

namespace Kinema.Storage.Tests.Postgres;

public sealed class PostgresLedgerTests(PostgresServer server) : LedgerConformance, IClassFixture<PostgresServer>
{
    protected override int SequencesDivisor => 20;

    protected override TestStore CreateStore() => new PostgresTestStore(server);
}
