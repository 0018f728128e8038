using System.Collections.Concurrent;
using Kinema.TestSupport;
using Microsoft.Extensions.Logging;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class LocalLinksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lines _lines = new();

    public void Dispose()
    {
        _lines.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", null, true)]
    [InlineData("http://127.0.0.1:0", null, false)]
    [InlineData("http://0.0.0.0:0", "https://video.example.com", false)]
    public async Task A_remotely_reachable_server_warns_when_its_links_use_a_loopback_address(string url, string? publicUrl, bool warns)
    {
        string[] settings = publicUrl is null ? ["Worker:Enabled=false"] : ["Worker:Enabled=false", $"Server:PublicBaseUrl={publicUrl}"];
        await using var app = KinemaServer.Build(
            new KinemaServerOptions { Urls = [url], DataFolder = _folder.FullPath, Settings = settings },
            builder => builder.Logging.ClearProviders().AddProvider(_lines));

        await app.StartAsync(Ct);
        await app.StopAsync(Ct);

        _lines.Said.Any(line => line.StartsWith("Warning: Bound to http://0.0.0.0", StringComparison.Ordinal) && line.Contains("begins with http://localhost:")).ShouldBe(warns);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
