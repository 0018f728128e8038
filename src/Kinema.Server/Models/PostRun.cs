using Kinema.Core.Admission;
using Kinema.Core.Idempotency;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>Creates a run: passes the body to admission and maps the result to a response.</summary>
internal sealed class PostRun(
    CreateBody createBody, EarlyRefusal earlyRefusal, CreateRun createRun, RunPresenter presenter, ServerAddress address, IWorkSignal workSignal)
{
    private const string SourceHeader = "Kinema-Source";

    /// <summary>The command of a request: who asks, and for what.</summary>
    public static CreateRunCommand CommandOf(HttpRequest request, Caller caller, string slug, Memory<byte> body) => new()
    {
        OrgId = caller.OrgId,
        CreatedBy = caller.Key.Id,
        ModelSlug = slug,
        RequestId = request.HttpContext.TraceIdentifier,
        SourceCode = RunSources.Claimed(request.Headers[SourceHeader].ToString()),
        TraceParent = Traces.Of(request.Headers.TraceParent),
        Body = body,
    };

    public async Task<IResult> HandleAsync(string slug, HttpRequest request, Caller caller, CancellationToken ct)
    {
        var keyed = request.HttpContext.Features.Get<KeyedRequest>();
        var (body, refusal) = await createBody.ReadAsync(request, RefuseEarlyAsync, ct);
        if (refusal is not null)
            return refusal;

        using var _ = body;
        if (keyed?.Answer(body!.Bytes.Span) is { } answer)
            return answer;

        return await CreateAsync(CommandOf(request, caller, slug, body!.Bytes), keyed, ct);

        // A repetition makes no run, so a full queue does not refuse it.
        async Task<IResult?> RefuseEarlyAsync() =>
            keyed is not { IsRepeated: true } && await earlyRefusal.CheckAsync(caller.OrgId, slug, ct) is { } result ? Translate(result) : null;
    }

    /// <summary>Creates the run, in one transaction with the answer that repetitions of the request get.</summary>
    public async Task<IResult> CreateAsync(CreateRunCommand command, KeyedRequest? keyed, CancellationToken ct)
    {
        var whole = command with
        {
            Answer = keyed is null ? null : (run, warnings) => keyed.ForRun(presenter.PresentCreated(run, warnings), LocationOf(run), run.Id),
        };
        try
        {
            return Translate(await createRun.HandleAsync(whole, ct));
        }
        catch (IdempotencyKeyTakenException)
        {
            return ApiErrors.RequestUnderWay();
        }
    }

    private string LocationOf(Run run) => new Uri(address.Base, $"v1/runs/{run.Id}").AbsoluteUri;

    private IResult Translate(CreateRunResult result)
    {
        if (result is not CreateRunResult.Created { Run: var run, Warnings: var warnings } created)
            return CreateRefusal.Of(result);

        workSignal.Notify(SignalTopic.Queue);
        return new JsonBodyResult(presenter.PresentCreated(run, warnings), StatusCodes.Status201Created) { Location = LocationOf(run), Created = created };
    }
}
