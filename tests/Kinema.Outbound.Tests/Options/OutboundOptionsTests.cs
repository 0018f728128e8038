using Kinema.Outbound.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Tests.Options;

public sealed class OutboundOptionsTests
{
    [Fact]
    public void The_defaults_open_nothing_and_are_valid()
    {
        var options = new OutboundOptions();

        new OutboundOptionsValidator().Validate(null, options).Succeeded.ShouldBeTrue();
        options.Media.Allow.ShouldBeEmpty();
        options.Callbacks.Allow.ShouldBeEmpty();
        options.Operator.Allow.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Outbound:Media:Allow:0", "127.0.0.1")]
    [InlineData("Outbound:Callbacks:Allow:0", "10.0.0.0/8:port")]
    [InlineData("Outbound:Operator:Allow:0", "everything")]
    [InlineData("Outbound:Media:MaxRedirects", "21")]
    [InlineData("Outbound:Media:MaxRetries", "-1")]
    [InlineData("Outbound:Media:MaxRetries", "11")]
    [InlineData("Outbound:Media:TotalTimeoutSeconds", "0")]
    [InlineData("Outbound:Media:MinBytesPerSecond", "-1")]
    [InlineData("Outbound:Callbacks:ResponseTimeoutSeconds", "0")]
    [InlineData("Outbound:ConnectTimeoutSeconds", "0")]
    [InlineData("Outbound:MaxResponseHeadersKiB", "0")]
    public async Task An_invalid_setting_stops_the_start_and_is_named(string setting, string value)
    {
        using var host = HostWith((setting, value));

        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        error.Message.ShouldContain(setting);
    }

    [Fact]
    public async Task Every_bad_entry_is_named_and_shown()
    {
        using var host = HostWith(("Outbound:Media:Allow:0", "10.0.0.0/8"), ("Outbound:Media:Allow:1", "10.0.0.1/8"), ("Outbound:Media:Allow:2", "fc00::/200"));

        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        error.Failures.Count().ShouldBe(2);
        error.Message.ShouldContain("Outbound:Media:Allow:1 must be a CIDR");
        error.Message.ShouldContain("got \"10.0.0.1/8\"");
        error.Message.ShouldContain("Outbound:Media:Allow:2");
    }

    [Fact]
    public async Task Good_settings_from_configuration_open_what_they_say()
    {
        using var host = HostWith(("Outbound:Media:Allow:0", "127.0.0.0/8"), ("Outbound:Callbacks:Allow:0", "[fc00::/7]:443"));

        await host.StartAsync(TestContext.Current.CancellationToken);
        var urls = host.Services.GetRequiredService<IOutboundUrls>();

        urls.RefuseMedia("http://127.0.0.1/").ShouldBeNull();
        urls.RefuseCallback("http://127.0.0.1/").ShouldBe("is unreachable");
        urls.RefuseCallback("https://[fd00::1]/").ShouldBeNull();
        urls.RefuseMedia("https://[fd00::1]/").ShouldBe("is unreachable");
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_entry_with_a_metadata_address_is_reported_to_the_operator_and_opens_nothing()
    {
        await using var guard = new Guard(options => options.Media.Allow.Add("169.254.169.254/32"));

        guard.Urls.RefuseMedia("http://169.254.169.254/latest/meta-data/").ShouldBe("is unreachable");
        guard.Log.Lines.ShouldContain("Outbound:Media:Allow allows 169.254.169.254/32, a metadata address: it stays forbidden");
    }

    private static IHost HostWith(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        builder.Services.AddKinemaOutbound();
        return builder.Build();
    }
}
