using System.Reflection;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Server.Connections;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Status;

internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder app)
    {
        var status = app.MapGroup("/v1").WithTags("Status");
        status.MapGet("/health", () => new JsonBodyResult(new JsonObject { ["status"] = "ok" })).WithMetadata(new ServedWhenBusy());
        status.MapGet("/readiness", ReadReadinessAsync).WithMetadata(new ServedWhenBusy());
        status.MapGet("/version", () => new JsonBodyResult(new JsonObject { ["name"] = "kinema", ["version"] = Version }));
    }

    internal static string Version { get; } =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static async Task<IResult> ReadReadinessAsync(IEnumerable<IReadinessCheck> checks, CancellationToken ct)
    {
        var problems = new List<FieldError>();
        var working = new JsonObject();
        foreach (var check in checks)
        {
            if (await check.FindProblemAsync(ct) is { } problem)
                problems.Add(new FieldError(["readiness", check.Name], $"{check.Name}: {problem}", "not_ready"));
            else
                working[check.Name] = await check.DescribeAsync(ct);
        }

        return problems.Count == 0
            ? new JsonBodyResult(new JsonObject { ["status"] = "ready", ["checks"] = working })
            : new ApiError(ErrorCode.NotReady, string.Join("; ", problems.Select(p => p.Message)), problems);
    }
}
