using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Client.Tests;

/// <summary>The client in an application that has its own rules for every <see cref="HttpClient"/>, or a thread of its own.</summary>
public sealed class DefaultsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_resilience_handler_for_all_clients_repeats_no_call_that_must_not_be(bool defaultsFirst)
    {
        var network = new Failing(HttpStatusCode.ServiceUnavailable);
        var services = new ServiceCollection();
        if (defaultsFirst)
            services.ConfigureHttpClientDefaults(builder => builder.AddStandardResilienceHandler());
        Add(services, network);
        if (!defaultsFirst)
            services.ConfigureHttpClientDefaults(builder => builder.AddStandardResilienceHandler());
        await using var provider = services.BuildServiceProvider();

        await Should.ThrowAsync<KinemaException>(() => provider.GetRequiredService<KinemaClient>().CreateSecretAsync("main", Ct));

        network.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_longer_than_the_timeout_is_not_waited_for()
    {
        var network = new Failing(HttpStatusCode.TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(101) };
        await using var provider = Add(new ServiceCollection(), network).BuildServiceProvider();

        var error = await Should.ThrowAsync<KinemaException>(() => provider.GetRequiredService<KinemaClient>().GetRunAsync(Guid.Empty, Ct));

        (error.HttpStatusCode, error.RetryAfter, network.Requests).ShouldBe((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(101), 1));
    }

    [Fact]
    public void A_program_whose_thread_waits_for_a_call_does_not_hang()
    {
        using var http = new HttpClient(new Failing(HttpStatusCode.NotFound));
        var client = new KinemaClient(http, new() { BaseAddress = new Uri("http://a/") });
        var before = SynchronizationContext.Current;
        try
        {
            // Nobody runs what is posted here, as in a user interface that waits.
            SynchronizationContext.SetSynchronizationContext(new BusyThread());

            Task[] calls = [client.GetRunAsync(Guid.Empty, Ct), client.WaitAsync(Guid.Empty, null, Ct), client.DownloadAsync("http://a/b", Stream.Null, Ct), client.ListRunsAsync().GetPageAsync(Ct)];

            calls.ShouldAllBe(call => Ends(call));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static bool Ends(Task call)
    {
        try
        {
            return call.Wait(TimeSpan.FromSeconds(30));
        }
        catch (AggregateException e)
        {
            return e.InnerException is KinemaException;
        }
    }

    private static IServiceCollection Add(IServiceCollection services, Failing network)
    {
        services.AddKinemaClient(o => o.BaseAddress = new Uri("http://a/")).ConfigurePrimaryHttpMessageHandler(() => network);
        return services;
    }

    private sealed class Failing(HttpStatusCode status) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public TimeSpan? RetryAfter { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            await Task.Delay(10, cancellationToken).ConfigureAwait(false);
            return new(status) { Headers = { RetryAfter = RetryAfter is { } pause ? new RetryConditionHeaderValue(pause) : null } };
        }
    }

    private sealed class BusyThread : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
