namespace Kinema.Storage.Sqlite;

/// <summary>Converts times to table values: integer microseconds since 1970 UTC.</summary>
internal static class Microseconds
{
    public static long NowMicros(this TimeProvider timeProvider) => timeProvider.GetUtcNow().ToMicros();

    public static long ToMicros(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long? ToMicros(this DateTimeOffset? time) => time?.ToMicros();

    public static long ToMicros(this TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicros(this long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? FromMicros(this long? micros) => micros?.FromMicros();

    public static long FromSeconds(int seconds) => seconds * 1_000_000L;
}
