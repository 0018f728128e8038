using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Unsupported;

/// <summary>Parts of the contract that Kinema does not have. They answer 501, so that a caller does not look for a wrong address.</summary>
internal static class UnsupportedEndpoints
{
    private static readonly string[] _methods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    public static void MapUnsupported(this IEndpointRouteBuilder app)
    {
        var parts = app.MapGroup("/v1").RequireKey().WithTags("Unsupported");
        parts.MapMethods("/evaluations/{**rest}", _methods, () => ApiErrors.NotSupported("Kinema does not evaluate outputs; judge them outside, by the run's output URLs."));
        parts.MapMethods("/comfyui-workflows/{**rest}", _methods, () => ApiErrors.NotSupported("Kinema does not run ComfyUI workflows; GET /v1/models lists what it runs."));
    }
}
