using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Result of parsing the body of a create request.</summary>
public abstract record BodyReadResult
{
    private BodyReadResult()
    {
    }

    /// <summary>The create result that it leads to; null if accepted.</summary>
    public CreateRunResult? Refusal => this switch
    {
        NotJson { Problem: var problem } => new CreateRunResult.NotJson(problem),
        Invalid { Errors: var errors } => new CreateRunResult.Invalid(errors),
        _ => null,
    };

    public sealed record Accepted(RunRequestBody Body) : BodyReadResult;

    /// <summary>Not valid JSON: 400 <c>INVALID_JSON</c>.</summary>
    public sealed record NotJson(string Problem) : BodyReadResult;

    /// <summary>Valid JSON, but not a create request: 422 <c>VALIDATION_ERROR</c>.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : BodyReadResult;
}
