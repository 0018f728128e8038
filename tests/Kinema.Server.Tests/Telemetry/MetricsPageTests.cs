using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Telemetry;

public sealed partial class MetricsPageTests
{
    private const string Token = "a-token-of-prometheus";

    [Fact]
    public async Task Prometheus_reads_counts_and_durations_of_runs_with_the_token_alone()
    {
        await using var server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System), $"Telemetry:MetricsToken={Token}");
        await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));

        using var answer = await GetAsync(server, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync(Ct);

        // At least: servers of other tests are in this process, too.
        Value(page, "kinema_runs_created_total", "kinema_model=\"alibaba/wan/v2.7/image-to-video\"").ShouldBeGreaterThanOrEqualTo(1);
        Value(page, "kinema_attempts_total", "kinema_attempt_outcome=\"succeeded\"").ShouldBeGreaterThanOrEqualTo(1);
        Value(page, "kinema_run_wait_seconds_count", "kinema_engine_id=").ShouldBeGreaterThanOrEqualTo(1);
        Value(page, "kinema_generation_duration_seconds_count", "kinema_engine_id=").ShouldBeGreaterThanOrEqualTo(1);
        Value(page, "kinema_video_duration_seconds_total", "kinema_engine_id=").ShouldBeGreaterThan(0);
        Value(page, "kinema_charges_USD_total", "kinema_engine_id=").ShouldBeGreaterThan(0);
        Value(page, "kinema_runs", "kinema_run_state=\"queued\"").ShouldBeGreaterThanOrEqualTo(0);
        page.ShouldContain("http_server_request_duration_seconds");

        // A panel or an alert over a metric that is not there would stay silent for ever.
        var guide = File.ReadAllText(Repository.File("docs", "observability.md"));
        foreach (var file in (string[])["prometheus/alerts.yml", "grafana/kinema.json"])
        {
            var names = MetricName().Matches(Grouping().Replace(File.ReadAllText(Repository.File("deploy", file)), "")).Select(match => match.Value).Distinct().ToList();
            names.Count.ShouldBeGreaterThan(5);
            names.ShouldAllBe(name => guide.Contains($"`{Base(name)}`") || page.Contains($"\n{name}{{"), $"{file}\n{page}");
        }

        // Figures of all organisations: no key of one opens them.
        foreach (var other in new[] { "", "a-token-of-prometheus2", server.Caller.Token })
        {
            using var refused = await GetAsync(server, other);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await refused.Content.ReadAsStringAsync(Ct)).ShouldNotContain("kinema_");
        }
    }

    [Fact]
    public async Task Without_a_token_there_is_no_page()
    {
        await using var server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System));
        using var answer = await GetAsync(server, "");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Telemetry:MetricsToken=short", "Telemetry:MetricsToken")]
    [InlineData("Telemetry:OtlpEndpoint=ftp://collector", "Telemetry:OtlpEndpoint must be an absolute http or https URL")]
    [InlineData("Telemetry:OtlpHeaders=nothing", "Telemetry:OtlpHeaders must be name=value pairs")]
    [InlineData("Telemetry:TraceRatio=2", "Telemetry:TraceRatio")]
    public void A_setting_that_cannot_be_ends_the_start(string setting, string message)
    {
        var folder = Directory.CreateTempSubdirectory("kinema-settings-").FullName;
        try
        {
            Should.Throw<SettingsException>(() => KinemaServer.Build(new() { DataFolder = folder, Settings = [setting] })).Message.ShouldContain(message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpResponseMessage> GetAsync(TestServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);
        return await server.Client.SendAsync(request, Ct);
    }

    /// <summary>A histogram's name, without what its series add.</summary>
    private static string Base(string name) => SeriesEnding().Replace(name, "");

    [GeneratedRegex("(kinema|http|dotnet)_[A-Za-z_]+(?=[{\\[ )\"])")]
    private static partial Regex MetricName();

    /// <summary>Names of labels.</summary>
    [GeneratedRegex("by \\([^)]*\\)|\\{\\{[^}]*\\}\\}")]
    private static partial Regex Grouping();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex SeriesEnding();

    private static double Value(string page, string name, string label)
    {
        var line = page.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .ShouldNotBeNull($"{name} with {label} is not in\n{page}");
        return double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
