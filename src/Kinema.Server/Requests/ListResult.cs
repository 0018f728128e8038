using Kinema.Core.Lists;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Kinema.Server.Requests;

/// <summary>Answers requests for lists.</summary>
internal static class ListResult
{
    /// <summary>A page of a list that is kept in memory.</summary>
    public static IResult Of<T>(HttpRequest request, JsonList<T> list, IEnumerable<T> items) =>
        Read(request, list.Schema, out var query) is { } refusal ? refusal : new JsonBodyResult(list.Read(items, query!).ToJson());

    /// <summary>A page of a list that is documented as a bare array: the <c>Link</c> header (RFC 8288) has what the members of a page would.</summary>
    public static IResult ArrayOf<T>(HttpRequest request, JsonList<T> list, IEnumerable<T> items)
    {
        if (Read(request, list.Schema, out var query) is { } refusal)
            return refusal;

        var page = list.Read(items, query!);
        string?[] links = [Link(request, page.Next, "next"), Link(request, page.Previous, "prev")];
        if (links.Any(link => link is not null))
            request.HttpContext.Response.Headers.Link = string.Join(", ", links.Where(link => link is not null));
        return new JsonBodyResult(page.ToArrayJson());
    }

    public static ListParameters ParametersOf(HttpRequest request)
    {
        var text = request.Query;
        return new(text["q"], text["limit"], text["sort_by"], text["fields"], text["pq"], text["from_prev"]) { Embed = text["embed"] };
    }

    /// <returns>The refusal, or null with a query.</returns>
    public static ApiError? Read(HttpRequest request, ListSchema schema, out ListQuery? query)
    {
        var errors = ListQuery.Read(ParametersOf(request), schema, out query);
        return query is null ? ApiErrors.Invalid(errors) : null;
    }

    private static string? Link(HttpRequest request, string? cursor, string relation)
    {
        if (cursor is null)
            return null;

        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not ("pq" or "from_prev")));
        query.Add("pq", cursor);
        return $"<{request.Path}{query}>; rel=\"{relation}\"";
    }
}
