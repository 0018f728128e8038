using Kinema.Storage.Tests.Conformance;

namespace Kinema.Storage.Tests.Sqlite;

public sealed class SqliteLedgerTests : LedgerConformance
{
    protected override TestStore CreateStore() => new SqliteTestStore();
}
