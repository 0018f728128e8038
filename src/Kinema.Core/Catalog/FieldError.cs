namespace Kinema.Core.Catalog;

/// <summary>A validation error as the error response lists it.</summary>
/// <param name="Location">Path to the field, <c>loc</c> in JSON: <c>["body","input","duration"]</c>.</param>
/// <param name="Message">Received value and what is allowed, <c>msg</c> in JSON.</param>
/// <param name="Type">Machine-readable error type, for example <c>missing</c>, <c>type_error</c>, <c>out_of_range</c>, <c>unknown_field</c>.</param>
public sealed record FieldError(IReadOnlyList<string> Location, string Message, string Type)
{
    public static FieldError Input(string field, string message, string type) => new(["body", "input", field], message, type);

    /// <param name="parameter">Name of the query parameter; the message begins with it.</param>
    /// <param name="reason">The rest of the message.</param>
    /// <param name="type">See <see cref="Type"/>.</param>
    public static FieldError Query(string parameter, string reason, string type) => new(["query", parameter], $"{parameter} {reason}", type);
}

/// <summary>Validated input or errors.</summary>
public sealed record InputValidationResult(ValidatedInput? Input, IReadOnlyList<FieldError> Errors)
{
    public bool IsValid => Input is not null;
}
