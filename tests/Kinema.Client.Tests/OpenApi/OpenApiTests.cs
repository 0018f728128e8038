using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client.Tests.OpenApi;

/// <summary>The client against the server's OpenAPI document: every call is a documented one, every member of a record is documented with its type.</summary>
public sealed class OpenApiTests
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";
    private static readonly string[] _checkedHeaders = ["Idempotency-Key", "Prefer", "Kinema-Source"];
    private static readonly ListOptions _list = new() { Filter = "a:b", SortBy = "a", PageSize = 1, Cursor = "c" };

    private static readonly ImageToVideoInput _input = new()
    {
        AudioUrl = "a",
        Duration = 1,
        EnablePromptExpansion = true,
        EnableSafetyChecker = true,
        EndImageUrl = "a",
        ImageUrl = "a",
        NegativePrompt = "a",
        Prompt = "a",
        Resolution = "a",
        Seed = 1,
        VideoUrl = "a",
    };

    private static readonly RunOptions _options = new() { CallbackUrl = "http://a", ClientRef = "a", Metadata = [], Wait = TimeSpan.FromSeconds(1) };

    private static readonly Dictionary<string, Func<KinemaClient, CancellationToken, Task>> _calls = new()
    {
        [nameof(KinemaClient.CreateRunAsync)] = (c, ct) => c.CreateRunAsync(Model, _input, _options, ct),
        [nameof(KinemaClient.RunAsync)] = (c, ct) => c.RunAsync(Model, _input, _options, null, ct),
        [nameof(KinemaClient.EstimateAsync)] = (c, ct) => c.EstimateAsync(Model, _input, ct),
        [nameof(KinemaClient.GetRunAsync)] = (c, ct) => c.GetRunAsync(Guid.Empty, ct),
        [nameof(KinemaClient.ListRunsAsync)] = (c, ct) => c.ListRunsAsync(_list).GetPageAsync(ct),
        [nameof(KinemaClient.CancelRunAsync)] = (c, ct) => c.CancelRunAsync(Guid.Empty, "why", ct),
        [nameof(KinemaClient.RetryRunAsync)] = (c, ct) => c.RetryRunAsync(Guid.Empty, new() { Wait = TimeSpan.FromSeconds(1) }, ct),
        [nameof(KinemaClient.DeleteRunAsync)] = (c, ct) => c.DeleteRunAsync(Guid.Empty, ct),
        [nameof(KinemaClient.SetFeedbackAsync)] = (c, ct) => c.SetFeedbackAsync(Guid.Empty, true, "why", ct),
        [nameof(KinemaClient.GetStatisticsAsync)] = (c, ct) => c.GetStatisticsAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, ct),
        [nameof(KinemaClient.ListLogsAsync)] = (c, ct) => c.ListLogsAsync(Guid.Empty, _list).GetPageAsync(ct),
        [nameof(KinemaClient.ListPhasesAsync)] = (c, ct) => c.ListPhasesAsync(Guid.Empty).GetPageAsync(ct),
        [nameof(KinemaClient.WatchAsync)] = async (c, ct) => await c.WatchAsync(Guid.Empty, "1", ct).AnyAsync(ct),
        [nameof(KinemaClient.WaitAsync)] = (c, ct) => c.WaitAsync(Guid.Empty, null, ct),
        [nameof(KinemaClient.GetPreviewAsync)] = (c, ct) => c.GetPreviewAsync(Guid.Empty, ct),
        [nameof(KinemaClient.ListModelsAsync)] = (c, ct) => c.ListModelsAsync(_list).GetPageAsync(ct),
        [nameof(KinemaClient.GetModelAsync)] = (c, ct) => c.GetModelAsync(Model, ct),
        [nameof(KinemaClient.UploadAsync)] = (c, ct) => c.UploadAsync(new MemoryStream([1]), "a.png", cancellationToken: ct),
        [nameof(KinemaClient.DownloadAsync)] = (c, ct) => c.DownloadAsync($"http://a/v1/files/assets/{Guid.Empty}/{Guid.Empty}", Stream.Null, ct),
        [nameof(KinemaClient.GetAssetAsync)] = (c, ct) => c.GetAssetAsync(Guid.Empty, ct),
        [nameof(KinemaClient.ListAssetsAsync)] = (c, ct) => c.ListAssetsAsync(_list).GetPageAsync(ct),
        [nameof(KinemaClient.DeleteAssetAsync)] = (c, ct) => c.DeleteAssetAsync(Guid.Empty, ct),
        [nameof(KinemaClient.GetDeliveriesAsync)] = (c, ct) => c.GetDeliveriesAsync(Guid.Empty, ct),
        [nameof(KinemaClient.RedeliverCallbackAsync)] = (c, ct) => c.RedeliverCallbackAsync(Guid.Empty, ct),
        [nameof(KinemaClient.CreateSecretAsync)] = (c, ct) => c.CreateSecretAsync("a", ct),
        [nameof(KinemaClient.ListSecretsAsync)] = (c, ct) => c.ListSecretsAsync(_list).GetPageAsync(ct),
        [nameof(KinemaClient.MakeSecretCurrentAsync)] = (c, ct) => c.MakeSecretCurrentAsync(Guid.Empty, ct),
        [nameof(KinemaClient.LabelSecretAsync)] = (c, ct) => c.LabelSecretAsync(Guid.Empty, "a", ct),
        [nameof(KinemaClient.DeleteSecretAsync)] = (c, ct) => c.DeleteSecretAsync(Guid.Empty, ct),
        [nameof(KinemaClient.GetCallbackPauseAsync)] = (c, ct) => c.GetCallbackPauseAsync(ct),
        [nameof(KinemaClient.PauseCallbacksAsync)] = (c, ct) => c.PauseCallbacksAsync(ct),
        [nameof(KinemaClient.ResumeCallbacksAsync)] = (c, ct) => c.ResumeCallbacksAsync(ct),
    };

    private static readonly Dictionary<JsonTypeInfo, string> _records = new()
    {
        [Wire.Default.CreateRunBody] = "RunRequest",
        [Wire.Default.ImageToVideoInput] = "alibaba.wan.v2.7.image-to-video.Input",
        [Wire.Default.Run] = "Run",
        [Wire.Default.RunOutput] = "RunOutput",
        [Wire.Default.OutputFile] = "OutputFile",
        [Wire.Default.RunTiming] = "RunTiming",
        [Wire.Default.RunEstimate] = "RunEstimate",
        [Wire.Default.RunStatistics] = "RunStatistics",
        [Wire.Default.RunLog] = "RunLog",
        [Wire.Default.RunPhase] = "NodeRun",
        [Wire.Default.Model] = "Model",
        [Wire.Default.ModelInput] = "ModelInput",
        [Wire.Default.Asset] = "Asset",
        [Wire.Default.UploadSlot] = "Upload",
        [Wire.Default.CallbackDelivery] = "Delivery",
        [Wire.Default.CallbackAttempt] = "DeliveryAttempt",
        [Wire.Default.CallbackSecret] = "NewCallbackSecret",
        [Wire.Default.CallbackPause] = "CallbackPause",
        [Wire.Default.RunCallback] = "RunCallback",
        [Wire.Default.CancelBody] = "Cancellation",
        [Wire.Default.ErrorEnvelope] = "Error",
        [Wire.Default.ValidationError] = "Problem",
        [Wire.Default.PageRun] = "RunPage",
        [Wire.Default.PageModel] = "ModelPage",
        [Wire.Default.PageAsset] = "AssetPage",
        [Wire.Default.PageRunLog] = "RunLogPage",
        [Wire.Default.PageRunPhase] = "NodeRunPage",
        [Wire.Default.PageCallbackSecret] = "CallbackSecretPage",
    };

    public static TheoryData<string> Calls => [.. _calls.Keys];

    public static TheoryData<string> Schemas => [.. _records.Values];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_is_a_documented_one(string call)
    {
        var document = await OpenApiDocument.ReadAsync(Ct);
        using var recorder = new CallRecorder();
        using var http = new HttpClient(recorder);
        await Record.ExceptionAsync(() => _calls[call](new KinemaClient(http, new() { BaseAddress = new Uri("http://a/"), Source = "cli" }), Ct));

        recorder.Calls.ShouldNotBeEmpty();
        foreach (var sent in recorder.Calls)
        {
            var operation = document.FindOperation(sent.Method, sent.Path).ShouldNotBeNull($"{sent.Method} {sent.Path}");
            sent.Query.ShouldBeSubsetOf(document.ParametersOf(operation, "query"), $"{sent.Method} {sent.Path}");
            sent.Headers.Intersect(_checkedHeaders).ShouldBeSubsetOf(document.ParametersOf(operation, "header"), $"{sent.Method} {sent.Path}");
            if (sent.Body.Count > 0)
                sent.Body.ShouldBeSubsetOf(document.Members(document.Resolve(operation["requestBody"]!["content"]!["application/json"]!["schema"])).Keys);
        }
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task A_record_has_documented_members_of_the_documented_types(string schema)
    {
        var document = await OpenApiDocument.ReadAsync(Ct);
        var members = document.Members(document.Schema(schema));

        foreach (var property in _records.Single(pair => pair.Value == schema).Key.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null))
        {
            members.ShouldContainKey(property.Name, $"{schema}.{property.Name}");
            var (type, format) = Expected(property.PropertyType);
            if (type.Length > 0)
                type.Intersect(OpenApiDocument.Types(members[property.Name])).ShouldNotBeEmpty($"{schema}.{property.Name}: {members[property.Name].ToJsonString()}");
            if (format is not null)
                members[property.Name]["format"]?.GetValue<string>().ShouldBe(format, $"{schema}.{property.Name}");
        }
    }

    [Fact]
    public async Task Every_documented_status_has_a_constant()
    {
        var document = await OpenApiDocument.ReadAsync(Ct);

        Constants(typeof(RunStatus)).Except([RunStatus.PartiallySucceeded]).ShouldBe(Choices(document.Schema("RunStatus")), ignoreOrder: true);
        Constants(typeof(RunPhaseStatus)).ShouldBe(Choices(document.Members(document.Schema("NodeRun"))["state_code"]), ignoreOrder: true);
        Constants(typeof(CallbackDeliveryStatus)).ShouldBe(Choices(document.Members(document.Schema("Delivery"))["status_code"]), ignoreOrder: true);
        Constants(typeof(RunCallbackEvent)).ShouldBe(Choices(document.Members(document.Schema("RunCallback"))["event"]), ignoreOrder: true);
        Constants(typeof(RunCallbackStatus)).ShouldBe(Choices(document.Members(document.Schema("RunCallback"))["status"]), ignoreOrder: true);
    }

    [Fact]
    public void Every_method_of_the_client_is_among_the_calls() =>
        typeof(KinemaClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(method => method.Name).Distinct()
            .ShouldBe(_calls.Keys, ignoreOrder: true);

    private static (string[] Types, string? Format) Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(Guid) => (["string"], "uuid"),
        var t when t == typeof(DateTimeOffset) => (["string"], "date-time"),
        var t when t == typeof(string) || t == typeof(decimal) => (["string"], null),
        var t when t == typeof(bool) => (["boolean"], null),
        var t when t == typeof(int) || t == typeof(long) || t == typeof(HttpStatusCode) => (["integer"], null),
        var t when t == typeof(double) => (["number", "integer"], null),
        var t when t == typeof(JsonElement) => ([], null),
        var t when t != typeof(JsonObject) && t.IsAssignableTo(typeof(System.Collections.IEnumerable)) => (["array"], null),
        _ => (["object"], null),
    };

    private static List<string> Constants(Type type) => [.. type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private static List<string> Choices(JsonObject schema) => [.. schema["enum"]!.AsArray().Select(choice => choice!.GetValue<string>())];
}
