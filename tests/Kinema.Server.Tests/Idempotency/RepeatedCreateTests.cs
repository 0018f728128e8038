using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Idempotency;
using Kinema.Server.Idempotency;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Idempotency;

/// <summary>A create that is sent again because its answer was lost.</summary>
public sealed class RepeatedCreateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string _body = SharedServer.RunBody().ToJsonString();

    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_make_one_run()
    {
        var key = NewKey();
        var before = await shared.Server.CountRunsAsync();
        var first = await Client.PostAsync(key, SharedServer.RunsPath, _body);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.IsReplayed().ShouldBeFalse();
        var record = await first.ReadJsonAsync();

        var again = await Client.PostAsync(key, SharedServer.RunsPath, _body);

        await again.ShouldReplayAsync(record);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await shared.Server.CountRunsAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Warnings_of_the_first_answer_are_there_again()
    {
        var (key, body) = (NewKey(), SharedServer.RunBody());
        body["colour"] = "blue";
        var first = await (await Client.PostAsync(key, SharedServer.RunsPath, body.ToJsonString())).ReadJsonAsync();
        first["warnings"]!.AsArray().Count.ShouldBe(1);

        await (await Client.PostAsync(key, SharedServer.RunsPath, body.ToJsonString())).ShouldReplayAsync(first);
    }

    [Fact]
    public async Task Another_body_with_the_same_key_is_refused()
    {
        var key = NewKey();
        await Client.PostAsync(key, SharedServer.RunsPath, _body);
        var other = SharedServer.RunBody();
        other["client_ref"] = "other";

        await (await Client.PostAsync(key, SharedServer.RunsPath, other.ToJsonString()))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Packing_the_body_anew_does_not_make_it_another()
    {
        var key = NewKey();
        var first = await (await Client.PostAsync(key, SharedServer.RunsPath, Packed(CompressionLevel.Fastest))).ReadJsonAsync();
        await (await Client.PostAsync(key, SharedServer.RunsPath, Packed(CompressionLevel.SmallestSize))).ShouldReplayAsync(first);
    }

    [Fact]
    public async Task A_refused_request_does_not_take_its_key()
    {
        var key = NewKey();
        await (await Client.PostAsync(key, SharedServer.RunsPath, """{"input":{"duration":99}}"""))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");

        var corrected = await Client.PostAsync(key, SharedServer.RunsPath, _body);
        corrected.StatusCode.ShouldBe(HttpStatusCode.Created);
        corrected.IsReplayed().ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_of_another_organisation_and_another_route_are_others()
    {
        var key = NewKey();
        var first = await (await Client.PostAsync(key, SharedServer.RunsPath, _body)).ReadJsonAsync();

        var other = await shared.Other.Client.PostAsync(key, SharedServer.RunsPath, _body);
        other.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await other.ReadJsonAsync())["id"].Text().ShouldNotBe(first["id"].Text());
        var upload = await Client.PostAsync(key, "/v1/asset-uploads", """{"filename":"a.png","size_bytes":9}""");
        upload.StatusCode.ShouldBe(HttpStatusCode.Created);
        upload.IsReplayed().ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "from 1 to 255 characters; got 0")]
    [InlineData("256", "from 1 to 255 characters; got 256")]
    [InlineData("tab\tinside", "visible ASCII")]
    public async Task A_key_that_is_not_one_is_refused_and_the_header_is_named(string key, string message)
    {
        var error = await (await Client.PostAsync(key == "256" ? new string('k', 256) : key, SharedServer.RunsPath, _body))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["message"].Text().ShouldContain("Idempotency-Key must ");
        error["message"].Text().ShouldContain(message);
        error["errors"]![0]!["loc"]![1].Text().ShouldBe("Idempotency-Key");
    }

    [Fact]
    public async Task The_longest_key_is_accepted() =>
        (await Client.PostAsync(NewKey().PadRight(255, 'k'), SharedServer.RunsPath, _body)).StatusCode.ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task While_the_first_is_under_way_a_repetition_is_a_conflict()
    {
        var scope = new IdempotencyScope(shared.Server.Caller.OrgId, SharedServer.RunsPath, NewKey());
        using (shared.Server.Services.GetRequiredService<RequestsUnderWay>().TryBegin(scope))
        {
            var response = await Client.PostAsync(scope.Key, SharedServer.RunsPath, _body);
            await response.ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        (await Client.PostAsync(scope.Key, SharedServer.RunsPath, _body)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_thousand_posts_with_one_key_at_once_make_one_run()
    {
        await using var server = await TestServer.StartIdleAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async _ =>
        {
            using var response = await server.Client.PostAsync("one", SharedServer.RunsPath, _body);
            return (response.StatusCode, Body: await response.ReadJsonAsync());
        }));

        answers.Select(a => a.StatusCode).Distinct().ShouldBeSubsetOf([HttpStatusCode.Created, HttpStatusCode.Conflict]);
        answers.Where(a => a.StatusCode == HttpStatusCode.Created).Select(a => a.Body["id"].Text()).Distinct().Count().ShouldBe(1);
        (await server.CountRunsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_client_ref_alone_makes_a_new_run_each_time()
    {
        var body = SharedServer.RunBody();
        body["client_ref"] = "order-7";
        var first = await shared.CreateRunAsync(body);
        var second = await shared.CreateRunAsync(body.DeepClone().AsObject());

        second["id"].Text().ShouldNotBe(first["id"].Text());
    }

    [Theory]
    [InlineData("Runs:MaxQueuedPerOrganization=1")]
    [InlineData("Runs:MaxQueued=1")]
    public async Task A_full_queue_refuses_new_runs_and_answers_repetitions_also_with_large_bodies(string setting)
    {
        await using var server = await TestServer.StartIdleAsync([setting]);
        var large = SharedServer.RunBody();
        byte[] picture = [.. await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct), .. new byte[2 << 20]];
        large["input"]!["image_url"] = $"data:image/jpeg;base64,{Convert.ToBase64String(picture)}";
        var first = await server.Client.PostAsync("large", SharedServer.RunsPath, large.ToJsonString());
        first.StatusCode.ShouldBe(HttpStatusCode.Created);

        (await server.Client.PostAsync("next", SharedServer.RunsPath, large.ToJsonString())).IsSuccessStatusCode.ShouldBeFalse();
        await (await server.Client.PostAsync("large", SharedServer.RunsPath, large.ToJsonString())).ShouldReplayAsync(await first.ReadJsonAsync());
        large["client_ref"] = "other";
        await (await server.Client.PostAsync("large", SharedServer.RunsPath, large.ToJsonString()))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task A_repetition_after_a_restart_gets_the_first_answer()
    {
        using var folder = new TemporaryFolder();
        JsonObject first;
        await using (var server = await TestServer.StartIdleAsync(dataFolder: folder.FullPath))
            first = await (await server.Client.PostAsync("order", SharedServer.RunsPath, _body)).ReadJsonAsync();

        await using var again = await TestServer.StartAsync(["Worker:Enabled=false"], dataFolder: folder.FullPath);
        await (await again.Client.PostAsync("order", SharedServer.RunsPath, _body)).ShouldReplayAsync(first);
        (await again.CountRunsAsync()).ShouldBe(1);
    }

    private static string NewKey() => Guid.CreateVersion7().ToString();

    private static ByteArrayContent Packed(CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(_body));
        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
