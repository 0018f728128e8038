using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Kinema.Storage.Tests.Postgres;

/// <summary>A PostgreSQL of the tests: the one that <c>KINEMA_TEST_POSTGRES</c> names, or one of their own in a temporary folder, with a database for each test.</summary>
/// <remarks>fsync is off: no test of this kind cuts the power, and each makes a database.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const int StartSeconds = 60;
    private readonly string? _folder;
    private readonly string _connection;
    private int _databases;

    public PostgresServer()
    {
        if (Environment.GetEnvironmentVariable("KINEMA_TEST_POSTGRES") is { Length: > 0 } named)
        {
            _connection = named;
            return;
        }

        _folder = Directory.CreateTempSubdirectory("kinema-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            Execute("chown", "postgres", _folder);
        Run("initdb", "-D", Data, "-U", "kinema", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        Port = FreePort();
        Start();
        _connection = $"Host=127.0.0.1;Port={Port};Username=kinema;Database=postgres;Pooling=false";
    }

    private int Port { get; }

    private string Data => Path.Combine(_folder!, "data");

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"kinema_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        Query($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name, Pooling = true }.ToString();
    }

    /// <summary>Only where others use the server too: one of the tests' own goes as a whole.</summary>
    public void DropDatabase(string connection)
    {
        if (_folder is null)
            Query($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
    }

    /// <summary>Restarts the database as an operator does; every connection breaks. Only a server of the tests' own can.</summary>
    public void Restart()
    {
        Assert.SkipWhen(_folder is null, "KINEMA_TEST_POSTGRES names a server that these tests do not restart.");
        Run("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");
        Start();
    }

    public void Dispose()
    {
        if (_folder is null)
            return;

        Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Start() => Run(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder!, "log"), "-o", $"-p {Port} -h 127.0.0.1 -k {_folder} -F -c max_connections=200 -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0", "start");

    private void Query(string sql)
    {
        using var connection = new NpgsqlConnection(_connection);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // PostgreSQL refuses to run as root.
    private static void Run(string program, params string[] arguments)
    {
        var path = Find(program);
        if (Environment.IsPrivilegedProcess)
            Execute("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else
            Execute(path, arguments);
    }

    private static void Execute(string program, params string[] arguments)
    {
        // pg_ctl's child keeps what it inherits open, so nothing is redirected to a pipe that someone would read to its end.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        if (!process.WaitForExit(TimeSpan.FromSeconds(StartSeconds)))
            process.Kill();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}. The tests need PostgreSQL 15 or newer.");
    }

    private static string Find(string program) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).OrderDescending().FirstOrDefault() ?? program
            : program;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
