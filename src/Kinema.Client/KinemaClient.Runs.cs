using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Creates a run of an image-to-video model. It costs what <see cref="EstimateAsync(string, ImageToVideoInput, CancellationToken)"/> says at most.</summary>
    /// <param name="model">Model path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</param>
    /// <param name="input">Input of the model.</param>
    /// <param name="options">Callback, metadata, reference, wait and idempotency; null for none of them.</param>
    /// <param name="cancellationToken">Cancels the call; a created run continues.</param>
    /// <returns>The record: queued, or as far as it came within <see cref="RunOptions.Wait"/>.</returns>
    public Task<Run> CreateRunAsync(string model, ImageToVideoInput input, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CreateRunAsync(model, input.ToJson(), options, cancellationToken);
    }

    /// <summary>Creates a run of any model.</summary>
    /// <param name="model">Model path.</param>
    /// <param name="input">Input fields by name, as <see cref="Model.Inputs"/> of <see cref="GetModelAsync"/> lists them.</param>
    /// <param name="options">Callback, metadata, reference, wait and idempotency; null for none of them.</param>
    /// <param name="cancellationToken">Cancels the call; a created run continues.</param>
    public Task<Run> CreateRunAsync(string model, JsonObject input, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        options?.Check();
        var body = new CreateRunBody(input, options?.CallbackUrl, options?.Metadata, options?.ClientRef);
        var call = ApiCall.Post($"v1/models/{ModelPath.Escape(model)}/runs", body, Wire.Default.CreateRunBody).With(options) with { Source = _source };
        return _api.SendAsync(call, Wire.Default.Run, cancellationToken);
    }

    /// <summary>Says what a run would cost and when it would end, and checks the input as a create does. Nothing is stored.</summary>
    /// <param name="model">Model path.</param>
    /// <param name="input">Input of the model.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RunEstimate> EstimateAsync(string model, ImageToVideoInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return EstimateAsync(model, input.ToJson(), cancellationToken);
    }

    /// <inheritdoc cref="EstimateAsync(string, ImageToVideoInput, CancellationToken)"/>
    public Task<RunEstimate> EstimateAsync(string model, JsonObject input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var call = ApiCall.Post($"v1/models/{ModelPath.Escape(model)}/estimates", new CreateRunBody(input, null, null, null), Wire.Default.CreateRunBody);
        return _api.SendAsync(call, Wire.Default.RunEstimate, cancellationToken);
    }

    /// <summary>Gets the record of a run, with newly signed URLs, its place in the queue and its estimated end.</summary>
    public Task<Run> GetRunAsync(Guid id, CancellationToken cancellationToken = default) => _api.SendAsync(ApiCall.Get($"v1/runs/{id}"), Wire.Default.Run, cancellationToken);

    /// <summary>Lists runs, newest first by default.</summary>
    /// <example><code>
    /// await foreach (var run in kinema.ListRunsAsync(new() { Filter = "status_code:failed AND created_at>2026-04-01" }))
    ///     Console.WriteLine(run.FailureMessage);
    /// </code></example>
    public PagedList<Run> ListRunsAsync(ListOptions? options = null) => List("v1/runs", options, Wire.Default.PageRun);

    /// <summary>Requests cancellation of a run. A run that has already ended is returned unchanged.</summary>
    /// <param name="id">Run id.</param>
    /// <param name="reason">Reason stored in the record; 3 to 500 characters, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Run> CancelRunAsync(Guid id, string? reason = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Post($"v1/runs/{id}/cancellation", new CancelBody(reason), Wire.Default.CancelBody), Wire.Default.Run, cancellationToken);

    /// <summary>Creates a new run with the input, metadata, reference and callback of one that failed or was canceled (409 otherwise).</summary>
    /// <param name="id">Run id.</param>
    /// <param name="options"><see cref="RunOptions.Wait"/> and <see cref="RunOptions.IdempotencyKey"/>; the rest is the old run's and must be null.</param>
    /// <param name="cancellationToken">Cancels the call; a created run continues.</param>
    /// <returns>The new run; its <see cref="Run.RetryOf"/> is the old one.</returns>
    public Task<Run> RetryRunAsync(Guid id, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        options?.Check();
        return options is { CallbackUrl: not null } or { Metadata: not null } or { ClientRef: not null }
            ? throw new ArgumentException("A retry keeps callback, metadata and reference of the old run; only Wait and IdempotencyKey can be given.", nameof(options))
            : _api.SendAsync(ApiCall.Post($"v1/runs/{id}/retries").With(options) with { Source = _source }, Wire.Default.Run, cancellationToken);
    }

    /// <summary>Erases an ended run with its input, output and files; id, times and money stay in the ledger. 409 before it has ended.</summary>
    public Task DeleteRunAsync(Guid id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"v1/runs/{id}", cancellationToken);

    /// <summary>Stores a verdict on a run, in place of an earlier one.</summary>
    /// <param name="id">Run id.</param>
    /// <param name="isPositive">The verdict; null for none.</param>
    /// <param name="reason">Up to 2000 characters; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Run> SetFeedbackAsync(Guid id, bool? isPositive, string? reason = null, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject { ["is_positive"] = isPositive, ["reason"] = reason };
        return _api.SendAsync(
            new(HttpMethod.Patch, $"v1/runs/{id}/feedback") { Body = JsonContent.Create(body, Wire.Default.JsonObject) }, Wire.Default.Run, cancellationToken);
    }

    /// <summary>Counts the runs created in a time, by day, model and source.</summary>
    /// <param name="start">Begin of the time, included.</param>
    /// <param name="end">End of the time, not included; at most 366 days after <paramref name="start"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RunStatistics> GetStatisticsAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Get($"v1/runs-stats?start={Time(start)}&end={Time(end)}"), Wire.Default.RunStatistics, cancellationToken);

    /// <summary>Lists the log lines of a run, oldest first by default.</summary>
    public PagedList<RunLog> ListLogsAsync(Guid runId, ListOptions? options = null) => List($"v1/runs/{runId}/logs", options, Wire.Default.PageRunLog);

    /// <summary>Lists the phases of a run's attempts.</summary>
    public PagedList<RunPhase> ListPhasesAsync(Guid runId) => List($"v1/runs/{runId}/node-runs", null, Wire.Default.PageRunPhase);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
