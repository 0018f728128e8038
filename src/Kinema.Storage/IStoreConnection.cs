using System.Data;

namespace Kinema.Storage;

/// <summary>A connection inside a transaction of the store. Only one thread uses it at a time.</summary>
internal interface IStoreConnection : IDbConnection
{
    /// <summary>Runs a statement without result. The parameters come in the same order each time.</summary>
    void ExecutePrepared(string text, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Reads at most one row into an object, as Dapper does.</summary>
    T? QueryPrepared<T>(string text, params ReadOnlySpan<(string Name, object? Value)> parameters);
}
