using System.Net;
using System.Net.Http.Headers;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Keys;

/// <summary>A route that takes a worker key, asked with every kind of key.</summary>
public sealed class WorkerKeyRouteTests : IAsyncLifetime
{
    /// <summary>Outside the API, so that no document has to describe it.</summary>
    private const string Path = "/of-workers";

    private TestServer _server = null!;
    private HttpClient _client = null!;

    private IWorkerKeys Keys => _server.Services.GetRequiredService<IWorkerKeys>();

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(
            ["Worker:Enabled=false", "Server:AnonymousRequestsPerMinute=10"],
            map: app => app.MapGet(Path, (WorkerCaller caller) => Results.Text(string.Join(' ', caller.Key.EngineIds))).RequireWorkerKey());
        _client = _server.CreateClient();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_worker_key_opens_it_with_its_engines_until_it_is_revoked()
    {
        var (key, token) = await Keys.CreateAsync(new("gpu", ["wan", "motion"], null), Ct);
        var answer = await AskAsync(token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("wan motion");

        await Keys.RevokeAsync(key.Id, Ct);

        (await RefuseAsync(token)).ShouldBe("The worker key is unknown, revoked or expired.");
    }

    [Fact]
    public async Task Every_other_caller_is_refused_with_the_reason()
    {
        var admin = await _server.AddCallerAsync("operator", isPlatformAdmin: true);

        (await RefuseAsync(null)).ShouldStartWith("A worker key is needed");
        (await RefuseAsync(_server.Caller.Token)).ShouldStartWith("This is an API key");
        (await RefuseAsync(admin.Token)).ShouldStartWith("This is an API key");
        (await RefuseAsync(WorkerKeyToken.Create().Text)).ShouldBe("The worker key is unknown, revoked or expired.");
    }

    [Fact]
    public async Task Requests_with_a_worker_key_are_not_counted_and_those_with_a_wrong_one_are()
    {
        var (_, token) = await Keys.CreateAsync(new("gpu", ["wan"], null), Ct);
        for (var i = 0; i < 30; i++)
            (await AskAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        HttpResponseMessage answer;
        var refused = 0;
        do
            answer = await AskAsync("rf_worker_guess");
        while (answer.StatusCode == HttpStatusCode.Unauthorized && ++refused < 30);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> RefuseAsync(string? token)
    {
        var answer = await AskAsync(token);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        return (await answer.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED"))["message"].Text();
    }

    private async Task<HttpResponseMessage> AskAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request, Ct);
    }
}
