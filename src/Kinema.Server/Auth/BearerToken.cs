using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>The token of <c>Authorization: Bearer token</c>.</summary>
internal static class BearerToken
{
    private const string Bearer = "Bearer ";

    /// <summary>Returns null without the header, with several and with another scheme.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization is [{ } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : null;
}
