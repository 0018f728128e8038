using System.Data.Common;
using Dapper;
using Kinema.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Notes when a key was used last, at most once a minute. A key opens the door also where nothing can be written.</summary>
internal sealed partial class KeyUse(IStoreDatabase database, ILogger<KeyUse> logger)
{
    private const int EverySeconds = 60;

    /// <param name="statement">Updates <c>last_used_at</c> of one kind of key.</param>
    /// <param name="key">Its id and public prefix, and when it was used last.</param>
    /// <param name="now">Now, in microseconds.</param>
    /// <param name="ct">Cancels.</param>
    public async Task NoteAsync(string statement, (string Id, string Prefix, long? LastUsedAt) key, long now, CancellationToken ct)
    {
        var unlessSince = now - Microseconds.FromSeconds(EverySeconds);
        if (key.LastUsedAt > unlessSince)
            return;

        try
        {
            await database.WriteAsync(c => c.Execute(statement, new { id = key.Id, unlessSince, now }), ct);
        }
        catch (Exception error) when (error is StorageFullException or DbException)
        {
            LogNotNoted(key.Prefix, error);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "The last use of key {Prefix} could not be recorded")]
    private partial void LogNotNoted(string prefix, Exception error);
}
