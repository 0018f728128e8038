using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Writes events with sequence numbers reserved in the run's row.</summary>
internal static class RunEventWriter
{
    /// <param name="connection">Connection with the transaction that reserved the numbers.</param>
    /// <param name="runId">The run.</param>
    /// <param name="lastSequence">The run's counter after the reservation; the events take the numbers up to it.</param>
    /// <param name="events">In order.</param>
    /// <param name="now">Microseconds.</param>
    public static void Add(IStoreConnection connection, string runId, long lastSequence, IReadOnlyList<NewRunEvent> events, long now)
    {
        var sequence = lastSequence - events.Count;
        foreach (var e in events)
            connection.ExecutePrepared(Sql.AddEvent, ("@runId", runId), ("@sequence", ++sequence), ("@type", e.Type), ("@data", e.DataJson), ("@now", now));
    }
}
