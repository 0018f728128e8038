using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>What a body turned out to be.</summary>
public abstract record BodyReading
{
    private BodyReading()
    {
    }

    public sealed record Accepted(RunRequestBody Body) : BodyReading;

    /// <summary>Not JSON as we read it: 400 <c>INVALID_JSON</c>.</summary>
    public sealed record NotJson(string Problem) : BodyReading;

    /// <summary>JSON, but not a create call: 422 <c>VALIDATION_ERROR</c>.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : BodyReading;
}
