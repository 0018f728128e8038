using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>Limits that a connection has unless the connection string sets others.</summary>
internal static class PostgresSettings
{
    private const int MaxPoolSize = 20;
    private const int PreparedStatements = 200;

    /// <summary>Milliseconds. A statement of the store takes a few; a transaction is never held during a job.</summary>
    private const string Limits = "-c statement_timeout=30000 -c lock_timeout=30000 -c idle_in_transaction_session_timeout=60000";

    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static string Of(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text) { Enlist = false };
        if (!text.Contains("pool size", StringComparison.OrdinalIgnoreCase) && !text.Contains("poolsize", StringComparison.OrdinalIgnoreCase))
            settings.MaxPoolSize = MaxPoolSize;
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = PreparedStatements;
        settings.Options ??= Limits;
        settings.ApplicationName ??= "kinema";
        return settings.ToString();
    }

    /// <summary>Host and database, for messages: never the password.</summary>
    public static string Describe(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        return $"{settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
    }
}
