namespace Kinema.Core.Catalog;

/// <summary>One thing wrong with a request, as the error envelope lists it.</summary>
/// <param name="Location">Where: <c>["body","input","duration"]</c>.</param>
/// <param name="Message">What was wrong, what came and what is allowed.</param>
/// <param name="Type">Machine-readable kind, for example <c>missing</c>, <c>type_error</c>, <c>out_of_range</c>, <c>unknown_field</c>.</param>
public sealed record FieldError(IReadOnlyList<string> Location, string Message, string Type)
{
    public static FieldError Input(string field, string message, string type) => new(["body", "input", field], message, type);
}

/// <summary>Either a checked input or what is wrong with it.</summary>
public sealed record InputValidationResult(ValidatedInput? Input, IReadOnlyList<FieldError> Errors)
{
    public bool IsValid => Input is not null;
}
