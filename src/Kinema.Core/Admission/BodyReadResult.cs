using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>What a body turned out to be.</summary>
public abstract record BodyReadResult
{
    private BodyReadResult()
    {
    }

    public sealed record Accepted(RunRequestBody Body) : BodyReadResult;

    /// <summary>Not JSON as we read it: 400 <c>INVALID_JSON</c>.</summary>
    public sealed record NotJson(string Problem) : BodyReadResult;

    /// <summary>JSON, but not a create call: 422 <c>VALIDATION_ERROR</c>.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : BodyReadResult;
}
