using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>The rules that hold on every route, asked of the routes the server really has.</summary>
public sealed partial class EveryRouteTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] _open =
    [
        "GET /v1/health", "GET /v1/openapi.json", "GET /v1/public/models", "GET /v1/readiness", "GET /v1/version", "GET /models-catalog.json",
        "HEAD /v1/health", "HEAD /v1/openapi.json", "HEAD /v1/public/models", "HEAD /v1/readiness", "HEAD /v1/version", "HEAD /models-catalog.json",
    ];

    /// <summary>Any key may ask these.</summary>
    private static readonly string[] _withoutScope =
    [
        "/v1/auth/me", "/v1/evaluations", $"/v1/runs/{Placeholder}/evaluations", "/v1/comfyui-workflows", "/v1/flows", "/v1/solutions", "/v1/webhooks", "/v1/batches",
        "/v1/billing", "/v1/credit-balances", "/v1/asset-folders", $"/v1/videos/{Placeholder}/remix", "/v1/videos/edits", "/v1/videos/extensions", "/v1/videos/characters",
    ];

    /// <summary>The catalogue is everybody's, and what is not served is nobody's.</summary>
    private static readonly string[] _withoutOwner = [$"/v1/model-creators/{Placeholder}", $"/v1/runs/{Placeholder}/evaluations", $"/v1/videos/{Placeholder}/remix"];

    [Fact]
    public async Task Every_route_except_the_public_ones_requires_a_key()
    {
        using var anybody = shared.Server.CreateClient();
        foreach (var (method, path) in Routes().Where(r => !_open.Contains($"{r.Method} {r.Path}")).Concat(WorkerRoutes()))
        {
            var response = await SendAsync(anybody, method, path);
            await ShouldBeErrorAsync(response, method, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
            response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }
    }

    [Fact]
    public async Task A_worker_key_and_an_API_key_open_no_route_of_each_other()
    {
        var (_, token) = await shared.Server.Services.GetRequiredService<IWorkerKeys>().CreateAsync(new("gpu", ["wan"], null), Ct);
        using var worker = shared.Server.CreateClient(token);
        foreach (var (method, path) in Routes().Where(r => !_open.Contains($"{r.Method} {r.Path}")))
        {
            var error = await ShouldBeErrorAsync(await SendAsync(worker, method, path), method, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
            error?["message"].Text().ShouldStartWith("This is a worker key");
        }

        foreach (var (method, path) in WorkerRoutes())
        {
            var error = await ShouldBeErrorAsync(await SendAsync(shared.Server.Client, method, path), method, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
            error?["message"].Text().ShouldStartWith("This is an API key");
        }
    }

    [Fact]
    public async Task A_key_that_is_unknown_broken_or_another_scheme_is_refused()
    {
        foreach (var header in new[] { "Bearer rf_live_unknown", "Bearer ", "Basic dXNlcjpwYXNz", $"Bearer {shared.Server.Caller.Token}x", shared.Server.Caller.Token })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var anybody = shared.Server.CreateClient();
            await (await anybody.SendAsync(request, Ct)).ShouldBeErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }
    }

    [Fact]
    public async Task Every_route_refuses_a_key_without_its_scope_and_names_the_scope()
    {
        var nobody = await shared.Server.AddKeyAsync(shared.Server.Caller.OrgId, scopes: []);
        foreach (var (method, path) in Routes().Where(r => !_open.Contains($"{r.Method} {r.Path}") && !_withoutScope.Contains(r.Path)))
        {
            var error = await ShouldBeErrorAsync(await SendAsync(nobody.Client, method, path), method, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
            error?["message"].Text().ShouldMatch(path.StartsWith("/v1/admin", StringComparison.Ordinal) ? "platform administrator" : "scope [a-z]+:[a-z]+");
        }
    }

    [Fact]
    public async Task Every_route_refuses_another_organisation_s_id_in_the_header()
    {
        foreach (var (method, path) in Routes().Where(r => !_open.Contains($"{r.Method} {r.Path}") && !r.Path.StartsWith("/v1/admin", StringComparison.Ordinal)))
        {
            foreach (var id in new[] { shared.Other.OrgId.ToString(), "nonsense" })
                await ShouldBeErrorAsync(await SendAsync(shared.Server.Client, method, path, id), method, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        }
    }

    [Fact]
    public async Task The_own_organisation_s_id_in_the_header_is_accepted() =>
        (await SendAsync(shared.Server.Client, "GET", "/v1/runs", shared.Server.Caller.OrgId.ToString())).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Resources_of_another_organisation_are_404_on_every_route()
    {
        var run = await shared.CreateRunAsync();
        var upload = await (await shared.Server.Client.PostAsync(
            "/v1/asset-uploads", Json("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}"""), Ct)).ReadJsonAsync();
        var secret = await (await shared.Server.Client.PostAsync("/v1/callback-secrets", Json("{}"), Ct)).ReadJsonAsync();
        var keys = await (await shared.Server.Client.GetAsync("/v1/api-keys", Ct)).ReadJsonAsync();
        var ids = new Dictionary<string, string>
        {
            ["/v1/runs/"] = run["id"].Text(),
            ["/v1/videos/"] = run["id"].Text(),
            ["/v1/asset-uploads/"] = upload["asset_id"].Text(),
            ["/v1/assets/"] = upload["asset_id"].Text(),
            ["/v1/callback-secrets/"] = secret["id"].Text(),
            ["/v1/api-keys/"] = keys["items"]![0]!["id"].Text(),
        };

        var asked = 0;
        foreach (var (method, template) in Routes().Where(r => r.Path.Contains(Placeholder, StringComparison.Ordinal) && !r.Path.StartsWith("/v1/admin", StringComparison.Ordinal) && !_withoutOwner.Contains(r.Path)))
        {
            var id = ids.Single(i => template.StartsWith(i.Key, StringComparison.Ordinal)).Value;
            var response = await SendAsync(shared.Other.Client, method, template.Replace(Placeholder, id, StringComparison.Ordinal));
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {template}");
            asked++;
        }

        asked.ShouldBeGreaterThanOrEqualTo(12);
        (await (await shared.Other.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldBeEmpty();
        (await (await shared.Other.Client.GetAsync("/v1/callback-secrets", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldBeEmpty();
        var others = await (await shared.Other.Client.GetAsync("/v1/api-keys", Ct)).ReadJsonAsync();
        others["items"]!.AsArray().ShouldAllBe(k => k!["org_id"].Text() == shared.Other.OrgId.ToString());
        (await (await shared.Server.Client.GetAsync($"/v1/runs/{run["id"].Text()}", Ct)).ReadJsonAsync())["status_code"].Text().ShouldBe("queued");
    }

    private const string Placeholder = "00000000-0000-0000-0000-000000000000";

    /// <summary>Every route with every method, an empty UUID standing for each id. Signed files ask for a signature, not for a key; pages are open.</summary>
    private List<(string Method, string Path)> Routes()
    {
        var routes = Routes(ofWorkers: false);
        routes.Count.ShouldBeGreaterThan(25);
        return routes;
    }

    /// <summary>The routes of the worker protocol, which take a key of another kind.</summary>
    private List<(string Method, string Path)> WorkerRoutes() => Routes(ofWorkers: true);

    private List<(string Method, string Path)> Routes(bool ofWorkers) =>
        shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<WorkerRoute>() is not null == ofWorkers)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => (m, Fill(e.RoutePattern.RawText!))))
            .Where(r => r.Item2.StartsWith("/v1/", StringComparison.Ordinal) && !r.Item2.StartsWith("/v1/files/", StringComparison.Ordinal))
            .ToList();

    private static string Fill(string pattern) => IdParameter().Replace(pattern, Placeholder)
        .Replace("{owner}/{**slug}", "alibaba/wan/v2.7/image-to-video", StringComparison.Ordinal)
        .Replace("/{**rest}", "", StringComparison.Ordinal)
        .Replace("{fence:long}", "1", StringComparison.Ordinal)
        .TrimEnd('/');

    /// <summary>The answer to HEAD has no body to look at.</summary>
    private static async Task<JsonObject?> ShouldBeErrorAsync(HttpResponseMessage response, string method, HttpStatusCode status, string code)
    {
        if (method == "HEAD")
        {
            response.StatusCode.ShouldBe(status);
            return null;
        }

        if (!response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/v1/videos", StringComparison.Ordinal))
            return await response.ShouldBeErrorAsync(status, code);

        // OpenAI's shape.
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync(Ct));
        var error = (await response.ReadJsonAsync())["error"]!.AsObject();
        error.Select(member => member.Key).ShouldBe(["message", "type", "param", "code"]);
        error["code"].Text().ShouldBe(code.ToLowerInvariant());
        return error;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? organization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PATCH")
            request.Content = Json("{}");
        if (organization is not null)
            request.Headers.Add("X-Organization-Id", organization);
        return await client.SendAsync(request, Ct);
    }

    [GeneratedRegex(@"\{[a-zA-Z]*[iI]d(:guid)?\}")]
    private static partial Regex IdParameter();
}
