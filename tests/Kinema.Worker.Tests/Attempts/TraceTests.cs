using System.Diagnostics;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Outbound;
using Kinema.Worker.Callbacks;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Worker.Tests.Attempts;

/// <summary>The spans of an attempt and of a callback, as an exporter sees them.</summary>
public sealed class TraceTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c", Request = "b7ad6b7169203331";

    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId.ToString() == TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                lock (_spans)
                    _spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task An_attempt_and_its_parts_stand_below_the_request_that_created_the_run()
    {
        using var rig = new Rig();
        var claim = Traced(rig.Claim(), "01");
        await rig.RunAsync(claim);

        _spans.Select(span => span.OperationName).ShouldBe(["prepare", "generate", "deliver", "attempt"]);
        _spans.ShouldAllBe(span => span.TraceId.ToString() == TraceId && span.Status == ActivityStatusCode.Unset);
        var attempt = _spans[^1];
        (attempt.ParentSpanId.ToString(), attempt.Kind).ShouldBe((Request, ActivityKind.Consumer));
        _spans[..^1].ShouldAllBe(span => span.ParentSpanId == attempt.SpanId);
        Tags(attempt).ShouldBe([("kinema.run.id", claim.Run.Id), ("kinema.engine.id", "motion"), ("kinema.attempt", 1), ("kinema.attempt.outcome", "succeeded")]);
    }

    [Fact]
    public async Task A_failure_is_an_error_with_its_code_and_without_a_callers_words()
    {
        using var rig = new Rig();
        await rig.RunAsync(Traced(rig.Claim("https://pictures.example/secret.png"), "01"));

        var attempt = _spans.Single(span => span.OperationName == "attempt");
        (attempt.Status, attempt.StatusDescription).ShouldBe((ActivityStatusCode.Error, attempt.GetTagItem("error.type")));
        Tags(attempt).ShouldAllBe(tag => !$"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_is_a_span_of_the_runs_trace_and_its_receiver_is_not_told()
    {
        var sender = new FakeSender { Answer = (_, _) => FakeSender.Reply(503) };
        var outbox = new FakeOutbox(TimeProvider.System);
        using var rig = new Rig(null, services => services.AddSingleton<ICallbackOutbox>(outbox).AddSingleton<ICallbackSender>(sender));
        await rig.Get<DeliverCallback>().HandleAsync(outbox.Add("https://receiver.example/hook") with { TraceParent = $"00-{TraceId}-{Request}-01" }, Ct);

        var callback = _spans.ShouldHaveSingleItem();
        (callback.OperationName, callback.Kind, callback.ParentSpanId.ToString(), callback.Status).ShouldBe(("callback", ActivityKind.Client, Request, ActivityStatusCode.Error));
        Tags(callback)[1..].ShouldBe([("kinema.callback.attempt", 1), ("kinema.callback.status", "pending"), ("http.response.status_code", 503), ("error.type", "server_error")]);
        sender.Sent.ShouldHaveSingleItem().Headers.ShouldNotContain(header => header.Key.StartsWith("trace", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Only what is recorded or what a caller traces is stored: most servers trace nothing, and their runs are none the larger.</summary>
    [Fact]
    public void A_request_that_nobody_traces_leaves_nothing()
    {
        Traces.Of(null).ShouldBeNull();
        Traces.Of("no trace").ShouldBeNull();
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        Traces.Of(null).ShouldBeNull();
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        Traces.Of(null).ShouldBe(request.Id);
    }

    [Fact]
    public void A_callers_trace_is_kept_though_nobody_records_here()
    {
        using var request = new Activity("request").SetParentId($"00-{TraceId}-{Request}-00").Start();

        Traces.Of(null).ShouldNotBeNull().ShouldStartWith($"00-{TraceId}-");
    }

    [Fact]
    public void A_callers_header_is_kept_where_the_request_has_no_span() => Traces.Of($"00-{TraceId}-{Request}-01").ShouldBe($"00-{TraceId}-{Request}-01");

    private static ClaimedRun Traced(ClaimedRun claim, string flags) => claim with { Run = claim.Run with { TraceParent = $"00-{TraceId}-{Request}-{flags}" } };

    private static List<(string Key, object? Value)> Tags(Activity span) => [.. span.TagObjects.Select(tag => (tag.Key, tag.Value))];
}
