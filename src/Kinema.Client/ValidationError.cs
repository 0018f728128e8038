using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>One validation error or warning of a request.</summary>
/// <param name="Location">Path to the field, for example <c>body, input, duration</c>.</param>
/// <param name="Message">Received value and what is allowed.</param>
/// <param name="Type">Machine-readable error type.</param>
public sealed record ValidationError(
    [property: JsonPropertyName("loc")] IReadOnlyList<string> Location, [property: JsonPropertyName("msg")] string Message, string? Type)
{
    // The message repeats the received value, which may be a URL or a prompt.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Location = ").AppendJoin('.', Location).Append(", Type = ").Append(Type);
        return true;
    }
}
