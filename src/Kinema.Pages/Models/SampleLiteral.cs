using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Pages.Models;

/// <summary>Writes a JSON value as a literal of a program: JSON and JavaScript; Python, which has other words for true, false and null; C#.</summary>
internal sealed class SampleLiteral
{
    public static readonly SampleLiteral Json = new("true", "false", "null", "{", "[", "]", "", ": ");
    public static readonly SampleLiteral Python = new("True", "False", "None", "{", "[", "]", "", ": ");
    public static readonly SampleLiteral CSharp = new("true", "false", "null", "new JsonObject\n{", "new JsonArray(", ")", "[", "] = ");

    private readonly string _true;
    private readonly string _false;
    private readonly string _null;
    private readonly (string Object, string Array) _open;
    private readonly string _closeArray;
    private readonly (string Before, string After) _name;

    private SampleLiteral(string yes, string no, string none, string openObject, string openArray, string closeArray, string beforeName, string afterName)
    {
        (_true, _false, _null) = (yes, no, none);
        _open = (openObject, openArray);
        _closeArray = closeArray;
        _name = (beforeName, afterName);
    }

    /// <param name="value">The value.</param>
    /// <param name="indent">Columns of the line that it begins in.</param>
    public string Write(JsonNode? value, int indent = 0)
    {
        var text = new StringBuilder();
        Write(text, value, indent);
        return text.ToString();
    }

    private void Write(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject members:
                WriteLines(text, _open.Object, members, "}", indent, (member, inner) =>
                {
                    text.Append(_name.Before);
                    WriteString(text, member.Key);
                    text.Append(_name.After);
                    Write(text, member.Value, inner);
                });
                break;
            case JsonArray items:
                WriteLines(text, _open.Array, items, _closeArray, indent, (item, inner) => Write(text, item, inner));
                break;
            case null:
                text.Append(_null);
                break;
            default:
                WriteScalar(text, value);
                break;
        }
    }

    private static void WriteLines<T>(StringBuilder text, string open, IEnumerable<T> items, string close, int indent, Action<T, int> write)
    {
        text.Append(open.Replace("\n", "\n" + new string(' ', indent), StringComparison.Ordinal));
        var inner = indent + 4;
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "\n" : ",\n").Append(' ', inner);
            write(item, inner);
            isFirst = false;
        }

        if (!isFirst)
            text.Append('\n').Append(' ', indent);
        text.Append(close);
    }

    private void WriteScalar(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append(_true);
                break;
            case JsonValueKind.False:
                text.Append(_false);
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetValue<string>());
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    /// <summary>
    /// Double quotes, and escapes that JSON, JavaScript, Python and C# read alike: also of what ends a line in one of them, and of what turns the direction of a
    /// line, so that code reads as it runs.
    /// </summary>
    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                '\n' => text.Append("\\n"),
                _ when char.IsControl(character) || IsUnseen(character) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>Ends of lines and changes of direction.</summary>
    private static bool IsUnseen(char character) => character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
