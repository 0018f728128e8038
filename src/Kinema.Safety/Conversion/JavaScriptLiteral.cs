using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinema.Safety.Conversion;

/// <summary>
/// Reads the value that a minified CommonJS module exports, without running it: objects, lists, strings, numbers and the short forms <c>!0</c> and <c>!1</c>.
/// </summary>
internal ref struct JavaScriptLiteral
{
    private const int MaxDepth = 64;
    private const string Exports = ".exports=";

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private JavaScriptLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads what follows the last <c>module.exports =</c>; bundlers write their own before it.</summary>
    /// <exception cref="ConversionException">The text is no such module.</exception>
    public static JsonNode? ReadExport(ReadOnlySpan<char> module)
    {
        var start = module.LastIndexOf(Exports, StringComparison.Ordinal);
        return start < 0
            ? throw new ConversionException("the module exports nothing")
            : new JavaScriptLiteral(module[(start + Exports.Length)..]).ReadValue(0);
    }

    private JsonNode? ReadValue(int depth)
    {
        if (depth > MaxDepth)
            throw Unexpected($"more than {MaxDepth} levels");
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return ReadObject(depth);
            case '[':
                return ReadList(depth);
            case '"' or '\'' or '`':
                return JsonValue.Create(ReadString());
            case '!':
                _position++;
                return JsonValue.Create(Take("0") || (Take("1") ? false : throw Unexpected("an expression")));
            case 't' when Take("true"):
                return JsonValue.Create(true);
            case 'f' when Take("false"):
                return JsonValue.Create(false);
            case 'n' when Take("null"):
                return null;
            default:
                return JsonValue.Create(ReadNumber());
        }
    }

    private JsonObject ReadObject(int depth)
    {
        var members = new JsonObject();
        _position++;
        while (!TakeEnd('}'))
        {
            var name = Peek() is '"' or '\'' ? ReadString() : ReadName();
            if (!TakeEnd(':'))
                throw Unexpected("no colon");
            if (!members.TryAdd(name, ReadValue(depth + 1)))
                throw Unexpected($"'{name}' twice");
            if (!TakeEnd(',') && Peek() != '}')
                throw Unexpected("no comma");
        }

        return members;
    }

    private JsonArray ReadList(int depth)
    {
        var entries = new JsonArray();
        _position++;
        while (!TakeEnd(']'))
        {
            entries.Add(ReadValue(depth + 1));
            if (!TakeEnd(',') && Peek() != ']')
                throw Unexpected("no comma");
        }

        return entries;
    }

    private string ReadString()
    {
        var quote = _text[_position++];
        var rest = _text[_position..];
        var end = rest.IndexOfAny(quote, '\\');
        if (end < 0)
            throw Unexpected("a string without an end");
        if (rest[end] == quote)
        {
            _position += end + 1;
            return rest[..end].ToString();
        }

        var text = new StringBuilder();
        while (Peek() is var next && next != quote)
        {
            _position++;
            text.Append(next != '\\' ? next : ReadEscape());
        }

        _position++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        var escape = Peek();
        _position++;
        return escape switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '"' or '\'' or '`' or '/' => escape,
            _ => throw Unexpected($"the escape \\{escape}"),
        };
    }

    private string ReadName()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_' or '$'))
            _position++;
        return _position > start ? _text[start.._position].ToString() : throw Unexpected("no name");
    }

    private double ReadNumber()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] is '-' or '+' or '.' or 'e' or 'E'))
            _position++;
        return double.TryParse(_text[start.._position], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected("an expression");
    }

    private bool TakeEnd(char mark)
    {
        SkipSpace();
        if (Peek() != mark)
            return false;
        _position++;
        SkipSpace();
        return true;
    }

    private bool Take(string word)
    {
        if (!_text[_position..].StartsWith(word, StringComparison.Ordinal))
            return false;
        _position += word.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
    }

    private readonly char Peek() => _position < _text.Length ? _text[_position] : throw Unexpected("the end");

    private readonly ConversionException Unexpected(string what) => new($"the module has {what} at character {_position}, where a plain value was expected");
}
