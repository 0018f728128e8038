using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Kinema.Server.OpenApi;

/// <summary>The routes that the description of the API is about.</summary>
internal static partial class OpenApiRoutes
{
    /// <summary>Every GET answers HEAD, which would say everything twice.</summary>
    public static bool IsDescribed(ApiDescription route) => route.HttpMethod is { } method && !HttpMethods.IsHead(method);

    /// <summary>The path as the description writes it: parameters without constraints.</summary>
    public static string PathOf(ApiDescription route) => "/" + Parameter.Replace(route.RelativePath!, "{$1}").TrimEnd('/');

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter { get; }
}
