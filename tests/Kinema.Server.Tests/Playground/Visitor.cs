using System.Net;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>A browser as the server sees it: a cookie, and the origin of its page with everything that it sends.</summary>
internal sealed class Visitor(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = url };

    /// <summary>The cookie, <c>name=value</c>.</summary>
    public string? Cookie { get; set; }

    /// <summary>The value of <c>Origin</c>; null for a program, which sends none.</summary>
    public string? Origin { get; set; } = url.GetLeftPart(UriPartial.Authority);

    public static async Task<Visitor> SignInAsync(TestServer server, string? token = null)
    {
        var visitor = new Visitor(server.Url);
        using var answer = await visitor.PostFormAsync("/sign-in", ("key", token ?? server.Caller.Token));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<HttpResponseMessage> PostFormAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        if (Origin is not null && method != HttpMethod.Get)
            request.Headers.Add("Origin", Origin);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await _http.SendAsync(request, Ct);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            Cookie = set.Single().Split(';')[0];
        return answer;
    }

    public void Dispose() => _http.Dispose();
}
