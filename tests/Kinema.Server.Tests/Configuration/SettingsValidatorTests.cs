using Kinema.Server.Configuration;
using Kinema.TestSupport;

namespace Kinema.Server.Tests.Configuration;

public sealed class SettingsValidatorTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("Runs:LeaseSeconds=1", "Runs:LeaseSeconds must be from 2 to 3600; got 1")]
    [InlineData("Runs:LeaseSeconds=soon", "Runs:LeaseSeconds must be a whole number; got \"soon\"")]
    [InlineData("Server:MaxEventStreamsPerOrganization=0", "Server:MaxEventStreamsPerOrganization must be from 1 to 100000; got 0")]
    [InlineData("Runs:LeaseSecond=5", "Runs:LeaseSecond is not a setting; did you mean Runs:LeaseSeconds?")]
    [InlineData("Run:LeaseSeconds=5", "Run:LeaseSeconds is not a setting; no section is called 'Run'; did you mean Runs?")]
    [InlineData("Engines:EffectiveBindings:0=wan", "Engines:EffectiveBindings is not a setting")]
    [InlineData("Server:PublicBaseUrl=example.com", "Server:PublicBaseUrl must be an absolute http or https URL without query, fragment or user; got \"example.com\"")]
    [InlineData("Server:PublicBaseUrl:Port=1", "Server:PublicBaseUrl:Port is not a setting; Server:PublicBaseUrl is one value")]
    [InlineData("Runs", "a setting is written Section:Key=Value, for example Runs:MaxAttempts=5; got \"Runs\"")]
    [InlineData("LeaseSeconds=5", "a setting is written Section:Key=Value, for example Runs:MaxAttempts=5; got \"LeaseSeconds=5\"")]
    public void An_invalid_setting_is_named_with_the_allowed_values(string setting, string problem) =>
        Should.Throw<SettingsException>(() => Build(setting)).Problems.ShouldBe([problem]);

    [Fact]
    public void All_problems_are_reported_together() =>
        Should.Throw<SettingsException>(() => Build("Runs:LeaseSeconds=1", "Runs:MaxAttempts=0")).Problems.Count.ShouldBe(2);

    [Fact]
    public void An_open_range_that_is_not_a_CIDR_is_named() =>
        Should.Throw<SettingsException>(() => Build("Outbound:Media:Allow:0=nonsense")).Message.ShouldContain("Outbound:Media:Allow:0");

    [Fact]
    public void An_invalid_manifest_stops_the_start_and_is_named()
    {
        File.WriteAllText(_data.File("broken.json"), "{}");
        Should.Throw<SettingsException>(() => Build($"Server:CatalogFolder={_data.FullPath}")).Message.ShouldContain("broken.json");
    }

    [Fact]
    public void A_file_in_the_data_folder_is_read_and_an_argument_wins_over_it()
    {
        File.WriteAllText(_data.File("appsettings.json"), """{ "Runs": { "MaxAttempts": 7, "LeaseSeconds": 60 } }""");
        using var app = (IDisposable)Build("Runs:LeaseSeconds=90");
        var policy = ((Microsoft.AspNetCore.Builder.WebApplication)app).Services.GetOptions<Core.Runs.RunPolicy>();
        policy.MaxAttempts.ShouldBe(7);
        policy.LeaseSeconds.ShouldBe(90);
    }

    [Fact]
    public void The_environment_wins_over_a_file()
    {
        File.WriteAllText(_data.File("appsettings.json"), """{ "Runs": { "MaxAttempts": 7 } }""");
        Environment.SetEnvironmentVariable("Kinema__Runs__MaxAttempts", "9");
        try
        {
            using var app = (IDisposable)Build();
            ((Microsoft.AspNetCore.Builder.WebApplication)app).Services.GetOptions<Core.Runs.RunPolicy>().MaxAttempts.ShouldBe(9);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Kinema__Runs__MaxAttempts", null);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("nonsense")]
    public void An_address_that_cannot_be_bound_is_refused_by_name(string url) =>
        Should.Throw<SettingsException>(() => KinemaServer.Build(new KinemaServerOptions { DataFolder = _data.FullPath, Urls = [url] })).Message.ShouldContain(url);

    private Microsoft.AspNetCore.Builder.WebApplication Build(params string[] settings) =>
        KinemaServer.Build(new KinemaServerOptions { DataFolder = _data.FullPath, Urls = ["http://127.0.0.1:0"], Settings = settings });
}
