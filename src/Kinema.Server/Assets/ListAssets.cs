using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Assets;

/// <summary>Lists confirmed assets, newest first, in pages.</summary>
internal static class ListAssets
{
    private const string ErrorType = "value_error";

    /// <summary>Parameters of other lists; ignoring them would answer with other assets than the caller asked for.</summary>
    private static readonly string[] _unsupported = ["q", "sort_by", "fields", "from_prev"];

    public static async Task<IResult> HandleAsync(HttpRequest request, Caller caller, IAssets assets, AssetPresenter presenter, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var name in _unsupported.Where(name => !string.IsNullOrEmpty(request.Query[name])))
            errors.Add(Wrong(name, "is not possible for assets, which come newest first; the parameters are limit and pq"));

        var (limit, after) = (PageLimit.Read(request.Query["limit"], ErrorType, errors), ReadCursor(request.Query["pq"], errors));
        if (errors.Count > 0)
            return ApiErrors.Invalid(errors);

        return await assets.ListAsync(caller.OrgId, limit, after, ct) is { } page
            ? new JsonBodyResult(presenter.PresentPage(page))
            : ApiErrors.Invalid(NoCursor());
    }

    private static Guid? ReadCursor(string? text, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Guid.TryParseExact(text, "D", out var after))
            return after;

        errors.Add(NoCursor());
        return null;
    }

    private static FieldError NoCursor() => Wrong("pq", "must be the next of an earlier page");

    private static FieldError Wrong(string parameter, string reason) => FieldError.Query(parameter, reason, ErrorType);
}
