using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Keys;

/// <summary>Creates an API key with at most the caller's scopes. Only this response contains the key.</summary>
internal static class CreateKey
{
    public static async Task<IResult> HandleAsync(HttpRequest request, Caller caller, IApiKeys keys, TimeProvider timeProvider, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var name = fields.RequiredText("name", 255);
        var scopes = fields.OptionalTexts("scopes") ?? caller.Key.Scopes;
        foreach (var unknown in scopes.Where(s => !Scopes.All.Contains(s)))
            fields.Add("scopes", $"must be of {string.Join(", ", Scopes.All)}; got \"{unknown}\"", FieldErrorTypes.Value);

        DateTimeOffset? expires = null;
        if (fields.OptionalText("expires_at", 64) is { } text)
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) && parsed > timeProvider.GetUtcNow())
                expires = parsed;
            else
                fields.Add("expires_at", $"must be a future ISO 8601 time; got \"{text}\"", FieldErrorTypes.Value);
        }

        if (fields.Refusal is { } invalid)
            return invalid;

        if (scopes.FirstOrDefault(s => !caller.Has(s)) is { } wider)
            return ApiErrors.PermissionDenied($"The key lacks the scope {wider} and cannot give it.");

        var (key, token) = await keys.CreateAsync(new NewApiKey(caller.OrgId, name, scopes, IsPlatformAdmin: false, expires), ct);
        return new JsonBodyResult(KeyPresenter.PresentCreated(key, token), StatusCodes.Status201Created);
    }
}
