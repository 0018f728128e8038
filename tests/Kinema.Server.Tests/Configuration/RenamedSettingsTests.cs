using System.Collections.Concurrent;
using Kinema.Core.Admission;
using Kinema.Media;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Configuration;

public sealed class RenamedSettingsTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Log _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("Engines:WhenWorkerMissing=refuse", "Engines:NoWorkerPolicy")]
    [InlineData("Media:StallSeconds=7", "Media:IdleTimeoutSeconds")]
    public async Task An_old_setting_name_on_the_command_line_works_with_a_warning(string setting, string newName)
    {
        await using var app = Build(setting, "Worker:Enabled=false");

        await app.StartAsync(Ct);
        await app.StopAsync(Ct);

        Value(app, newName).ShouldBe(setting.Split('=')[1]);
        _log.Lines.ShouldContain(
            $"Warning: The setting {setting.Split('=')[0]} is now called {newName}; the old name still works in this version and will be removed in the next");
    }

    [Theory]
    [InlineData("Engines:NoWorkerPolicy=refuse")]
    [InlineData("Media:IdleTimeoutSeconds=7")]
    public async Task A_new_setting_name_works_without_a_warning(string setting)
    {
        await using var app = Build(setting, "Worker:Enabled=false");

        await app.StartAsync(Ct);
        await app.StopAsync(Ct);

        Value(app, setting.Split('=')[0]).ShouldBe(setting.Split('=')[1]);
        _log.Lines.ShouldNotContain(line => line.Contains("is now called"));
    }

    [Theory]
    [InlineData("Engines", "WhenWorkerMissing", "refuse", "Engines:NoWorkerPolicy")]
    [InlineData("Media", "StallSeconds", "7", "Media:IdleTimeoutSeconds")]
    public async Task An_old_setting_name_works_in_a_file_and_in_the_environment(string section, string oldName, string value, string newName)
    {
        File.WriteAllText(_data.File("appsettings.json"), $$"""{ "{{section}}": { "{{oldName}}": "{{value}}" } }""");
        await using (var fromFile = Build())
            Value(fromFile, newName).ShouldBe(value);

        File.Delete(_data.File("appsettings.json"));
        Environment.SetEnvironmentVariable($"Kinema__{section}__{oldName}", value);
        try
        {
            await using var fromEnvironment = Build();
            Value(fromEnvironment, newName).ShouldBe(value);
        }
        finally
        {
            Environment.SetEnvironmentVariable($"Kinema__{section}__{oldName}", null);
        }
    }

    [Theory]
    [InlineData("Engines:WhenWorkerMissing", "refuse", "Engines:NoWorkerPolicy", "wait")]
    [InlineData("Media:StallSeconds", "7", "Media:IdleTimeoutSeconds", "8")]
    public async Task Both_names_may_agree_but_not_differ(string oldName, string value, string newName, string other)
    {
        await using (var app = Build($"{oldName}={value}", $"{newName}={value}"))
            Value(app, newName).ShouldBe(value);

        Should.Throw<SettingsException>(() => Build($"{oldName}={value}", $"{newName}={other}")).Problems.ShouldBe(
            [$"{oldName} is the old name of {newName}; both are set, to \"{value}\" and \"{other}\". Set {newName} only"]);
    }

    [Theory]
    [InlineData("Media:StallSecond=7", "Media:StallSecond is not a setting")]
    [InlineData("Media:StallSeconds:0=7", "Media:StallSeconds is not a setting")]
    [InlineData("Media:StallSeconds=soon", "Media:IdleTimeoutSeconds must be a whole number; got \"soon\"")]
    [InlineData("Media:StallSeconds=0", "Media:IdleTimeoutSeconds must be from 1 to 3600; got 0")]
    public void An_unknown_or_invalid_setting_still_stops_the_start(string setting, string problem) =>
        Should.Throw<SettingsException>(() => Build(setting)).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);

    private WebApplication Build(params string[] settings) => KinemaServer.Build(
        new KinemaServerOptions { DataFolder = _data.FullPath, Urls = ["http://127.0.0.1:0"], Settings = settings },
        builder => builder.Logging.ClearProviders().AddProvider(_log));

    private static string Value(WebApplication app, string name) => name.StartsWith("Engines", StringComparison.Ordinal)
        ? app.Services.GetOptions<EngineOptions>().NoWorkerPolicy
        : $"{app.Services.GetOptions<MediaOptions>().IdleTimeoutSeconds}";

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
