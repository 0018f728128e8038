using System.Net;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Client.Tests;

/// <summary>What a client of <c>AddKinemaClient</c> sends a second time, against a real server.</summary>
public sealed class RepetitionTests : IAsyncLifetime
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";
    private static readonly ImageToVideoInput _input = new() { ImageUrl = Samples.DataUri(Samples.Photograph("cat")), Duration = 2 };

    private readonly List<IDisposable> _services = [];
    private TestServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartIdleAsync();

    public async ValueTask DisposeAsync()
    {
        _services.ForEach(services => services.Dispose());
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_create_whose_answer_is_lost_or_breaks_off_makes_one_run(bool breaksOff)
    {
        var network = new LosingHandler(request => request.Method == HttpMethod.Post, breaksOff);
        var client = CreateClient(network);

        var run = await client.CreateRunAsync(Model, _input, cancellationToken: Ct);

        network.Keys.Count.ShouldBe(2);
        network.Keys.Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
        (await client.ListRunsAsync().ToListAsync(Ct)).ShouldHaveSingleItem().Id.ShouldBe(run.Id);
    }

    [Fact]
    public async Task Two_creates_are_two_runs()
    {
        var client = CreateClient(new LosingHandler(_ => false));

        await client.CreateRunAsync(Model, _input, cancellationToken: Ct);
        await client.CreateRunAsync(Model, _input, cancellationToken: Ct);

        (await client.ListRunsAsync().ToListAsync(Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_create_under_the_callers_own_key_is_left_to_the_caller()
    {
        var network = new LosingHandler(request => request.Method == HttpMethod.Post);
        var client = CreateClient(network);
        var options = new RunOptions { IdempotencyKey = "order-42" };

        await Should.ThrowAsync<HttpRequestException>(() => client.CreateRunAsync(Model, _input, options, Ct));
        network.Keys.ShouldBe(["order-42"]);
        await client.CreateRunAsync(Model, _input, options, Ct);

        (await client.ListRunsAsync().ToListAsync(Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_secret_whose_answer_is_lost_is_not_created_again()
    {
        var network = new LosingHandler(request => request.Method == HttpMethod.Post);
        var client = CreateClient(network);

        await Should.ThrowAsync<HttpRequestException>(() => client.CreateSecretAsync("main", Ct));

        network.Keys.ShouldBe([""]);
        (await client.ListSecretsAsync().ToListAsync(Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_is_done()
    {
        var client = CreateClient(new LosingHandler(request => request.Method == HttpMethod.Delete));
        var secret = await client.CreateSecretAsync("main", Ct);

        await client.DeleteSecretAsync(secret.Id, Ct);

        (await client.ListSecretsAsync().ToListAsync(Ct)).ShouldBeEmpty();
        (await Should.ThrowAsync<KinemaException>(() => CreateClient(new LosingHandler(_ => false)).DeleteSecretAsync(secret.Id, Ct)))
            .HttpStatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_is_sent_again_from_where_it_began()
    {
        var network = new LosingHandler(request => request.Method == HttpMethod.Put);
        var client = CreateClient(network);
        await using var photograph = File.OpenRead(Samples.Photograph("cat"));

        var asset = await client.UploadAsync(photograph, "cat.png", cancellationToken: Ct);

        asset.SizeBytes.ShouldBe(photograph.Length);
        network.Sent.Where(sent => sent.Key.StartsWith("PUT", StringComparison.Ordinal)).ShouldHaveSingleItem().Value.ShouldBe(2);
    }

    [Fact]
    public async Task Without_retries_a_lost_answer_is_the_callers()
    {
        var network = new LosingHandler(request => request.Method == HttpMethod.Post);
        var client = CreateClient(network, o => o.MaxRetries = 0);

        await Should.ThrowAsync<HttpRequestException>(() => client.CreateRunAsync(Model, _input, cancellationToken: Ct));

        network.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public void Wrong_options_are_named_when_the_client_is_needed()
    {
        var error = Should.Throw<OptionsValidationException>(() => CreateClient(new LosingHandler(_ => false), o => o.BaseAddress = new Uri("ftp://a/")));

        error.Message.ShouldBe("KinemaClientOptions: BaseAddress must be an absolute http or https URL such as http://127.0.0.1:8080; got 'ftp://a/'.");
    }

    [Fact]
    public void A_second_registration_is_refused()
    {
        var services = new ServiceCollection();
        services.AddKinemaClient(o => o.BaseAddress = _server.Url);

        Should.Throw<InvalidOperationException>(() => services.AddKinemaClient(o => o.BaseAddress = _server.Url)).Message.ShouldContain("called already");
    }

    private KinemaClient CreateClient(LosingHandler network, Action<KinemaClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services
            .AddKinemaClient(o =>
            {
                o.BaseAddress = _server.Url;
                o.ApiKey = _server.Caller.Token;
                configure?.Invoke(o);
            })
            .AddHttpMessageHandler(() => network);
        var provider = services.BuildServiceProvider();
        _services.Add(provider);
        return provider.GetRequiredService<KinemaClient>();
    }
}
