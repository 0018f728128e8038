using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Videos;

/// <summary>Errors as OpenAI-style clients read them: <c>{"error":{message,type,param,code}}</c>.</summary>
internal static class VideoErrors
{
    private const string ShouldRetry = "x-should-retry";

    public static bool Serves(HttpRequest request) => request.Path.StartsWithSegments(VideosEndpoints.Root, StringComparison.Ordinal);

    public static ApiError Invalid(string param, string message) => ApiErrors.Invalid(new FieldError(["body", param], message, FieldErrorTypes.Value)) with { Status = StatusCodes.Status400BadRequest };

    public static ApiError NotFound(RouteId id) => new(ErrorCode.RunNotFound, $"No video {id} exists in this organisation.");

    /// <summary>Names what was wrong by the facade's names.</summary>
    public static ApiError Rename(ApiError error, ModelManifest model)
    {
        if (error.Errors is not { Count: > 0 } errors)
            return error;

        FieldError[] renamed = [.. errors.Select(one => Rename(one, model))];
        return error with { Errors = renamed, Message = renamed.Length == 1 ? renamed[0].Message : error.Message, Status = StatusCodes.Status400BadRequest };
    }

    public static Task WriteAsync(ApiError error, HttpContext context)
    {
        // Clients repeat 408, 409, 429 and 5xx three times by themselves. An error after which a run may exist, or that will not pass, must not be repeated.
        if (!MayRepeat(error, context.Request))
            context.Response.Headers[ShouldRetry] = "false";
        var type = error.Status switch
        {
            StatusCodes.Status429TooManyRequests => "rate_limit_error",
            >= StatusCodes.Status500InternalServerError => "server_error",
            _ => "invalid_request_error",
        };
        var body = WireJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", error.Message);
            json.WriteString("type", type);
            json.WriteString("param", error.Errors is [var first, ..] ? first.Location[^1] : null);
            json.WriteString("code", error.Code.Name.ToLowerInvariant());
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return new JsonBodyResult(body, error.Status).ExecuteAsync(context);
    }

    /// <summary>A refusal says that nothing was made; reads change nothing. After an unexpected failure of a create nobody knows.</summary>
    private static bool MayRepeat(ApiError error, HttpRequest request) => error.Status switch
    {
        StatusCodes.Status501NotImplemented => false,
        StatusCodes.Status409Conflict => error.RetryAfter is not null,
        >= StatusCodes.Status500InternalServerError => !HttpMethods.IsPost(request.Method) || error.RetryAfter is not null,
        _ => true,
    };

    private static FieldError Rename(FieldError error, ModelManifest model)
    {
        if (error.Location is not ["body", "input", var field])
            return error;

        var name = VideoOrder.NameOf(model, field);
        return new(["body", name], error.Message.Replace($"input.{field}", name, StringComparison.Ordinal), error.Type);
    }
}
