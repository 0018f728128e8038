using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Unsupported;

/// <summary>Parts of the contract that Kinema does not have. They answer 501, so that a caller does not look for a wrong address.</summary>
internal static class UnsupportedEndpoints
{
    public const string Batches = "Kinema has no batches; create one run for each input and give them one client_ref to list them by.";

    private const string Balances = "Kinema charges nobody and keeps no balance; the cost of each run is in its record.";
    private const string Evaluations = "Kinema does not evaluate outputs; judge them outside, by the run's output URLs.";

    private static readonly string[] _methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    private static readonly (string Path, string Reason)[] _parts =
    [
        ("evaluations", Evaluations),
        ("runs/{id}/evaluations", Evaluations),
        ("comfyui-workflows", "Kinema does not run ComfyUI workflows; GET /v1/models lists what it runs."),
        ("flows", "Kinema has no flows; GET /v1/models lists what it runs."),
        ("solutions", "Kinema has no solutions; GET /v1/models lists what it runs."),
        ("webhooks", "Kinema has no webhooks of an organisation; give each run a callback_url."),
        ("batches", Batches),
        ("billing", Balances),
        ("credit-balances", Balances),
        ("asset-folders", "Kinema has no folders; it keeps the folder_id that a confirmation names."),
    ];

    public static void MapUnsupported(this IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup("/v1").RequireKey().WithTags("Unsupported").ExcludeFromDescription();
        foreach (var (path, reason) in _parts)
            parts.MapMethods($"/{path}/{{**rest}}", _methods, () => ApiErrors.NotSupported(reason));
    }
}
