using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Validates input against a manifest, without knowledge of field names. Collects all errors.</summary>
public static class InputValidator
{
    /// <summary>Bounds the response to a body with very many wrong names.</summary>
    private const int MaxErrors = 50;

    /// <param name="model">The manifest.</param>
    /// <param name="input">The <c>input</c> member of the body, an object. Members that are data URIs must not be read again.</param>
    /// <param name="body">The body that the input was read from; inline media are decoded there. Without it they are copied.</param>
    public static InputValidationResult Validate(ModelManifest model, JsonElement input, Memory<byte> body = default)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return new(null, [new(["body", "input"], $"input must be an object; got {ReceivedValue.Describe(input)}", FieldErrorTypes.Type)]);

        var errors = new List<FieldError>();
        var given = ReadMembers(model, input, errors);
        var values = ReadValues(model, given, body, errors);
        errors.AddRange(CheckGroups(model, given));
        return errors.Count == 0 ? new(new ValidatedInput { Model = model, Values = values }, []) : new(null, errors);
    }

    /// <summary>Returns the members that are fields and not null (null means absent).</summary>
    private static Dictionary<string, JsonElement> ReadMembers(ModelManifest model, JsonElement input, List<FieldError> errors)
    {
        var seen = new HashSet<string>();
        var given = new Dictionary<string, JsonElement>();
        foreach (var member in input.EnumerateObject())
        {
            if (errors.Count == MaxErrors)
                break;

            var name = JsonText.TryReadName(member, out var text) ? text : "\uFFFD";
            if (!seen.Add(name))
                errors.Add(Wrong(name, "is given twice", FieldErrorTypes.DuplicateField));
            else if (model.Inputs.All(f => f.Name != name))
                errors.Add(Wrong(name, UnknownReason(model, name), FieldErrorTypes.UnknownField));
            else if (member.Value.ValueKind != JsonValueKind.Null)
                given.Add(name, member.Value);
        }

        return given;
    }

    private static Dictionary<string, object> ReadValues(
        ModelManifest model, Dictionary<string, JsonElement> given, Memory<byte> body, List<FieldError> errors)
    {
        var values = new Dictionary<string, object>();
        foreach (var field in model.Inputs)
        {
            if (given.TryGetValue(field.Name, out var value))
            {
                var reading = FieldReader.Read(field, value, body);
                if (reading.Error is { } error)
                    errors.Add(error);
                else
                    values.Add(field.Name, reading.Value!);
            }
            else if (!model.IsExcluded(field.Name, given.ContainsKey) && DefaultOf(field) is { } otherwise)
            {
                values.Add(field.Name, otherwise);
            }
            else if (field.Required)
            {
                errors.Add(Wrong(field.Name, "is required", FieldErrorTypes.Missing));
            }
        }

        return values;
    }

    private static IEnumerable<FieldError> CheckGroups(ModelManifest model, Dictionary<string, JsonElement> given)
    {
        var reported = new HashSet<(string, string)>();
        foreach (var group in model.ExactlyOneOf)
        {
            var names = string.Join(", ", group);
            var present = group.Where(given.ContainsKey).ToList();
            if (present.Count == 0)
                yield return Wrong(group[0], $"is missing: exactly one of {names} must be given; got none", FieldErrorTypes.Missing);
            foreach (var extra in present.Skip(1))
            {
                reported.Add((present[0], extra));
                yield return Wrong(extra, $"is given together with {present[0]}: exactly one of {names} must be given", FieldErrorTypes.NotTogether);
            }
        }

        foreach (var group in model.NotTogether)
        {
            var present = group.Where(given.ContainsKey).ToList();
            foreach (var extra in present.Skip(1))
            {
                if (!reported.Contains((present[0], extra)) && !reported.Contains((extra, present[0])))
                    yield return Wrong(extra, $"cannot be given together with {present[0]}", FieldErrorTypes.NotTogether);
            }
        }
    }

    private static string UnknownReason(ModelManifest model, string name)
    {
        var known = model.Inputs.Select(f => f.Name);
        return NearestName.Find(name, known) is { } nearest
            ? $"is not a field of this model; did you mean {nearest}?"
            : $"is not a field of this model; its fields are {string.Join(", ", known)}";
    }

    private static object? DefaultOf(FieldManifest field) => field.Default?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.Number when field.Type == FieldType.Number => field.Default.GetValue<decimal>(),
        JsonValueKind.String => field.Default.GetValue<string>(),
        JsonValueKind.Number => field.Default.GetValue<long>(),
        _ => field.Default.GetValue<bool>(),
    };

    private static FieldError Wrong(string field, string reason, string type)
    {
        var name = ReceivedValue.Shorten(field);
        return FieldError.Input(name, $"input.{name} {reason}", type);
    }
}
