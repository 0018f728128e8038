using System.Text;

namespace Kinema.Server.Tests.Telemetry;

/// <summary>Fields of a protocol buffers message, as far as a test needs them; protobuf.dev, "Encoding".</summary>
internal static class ProtoFields
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    /// <summary>The fields with this number that have a length: texts, bytes and messages.</summary>
    public static IEnumerable<byte[]> Of(byte[] message, int number)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = ReadVarint(message, ref at);
            switch ((int)(tag & 7))
            {
                case Varint:
                    _ = ReadVarint(message, ref at);
                    break;
                case Fixed64:
                    at += 8;
                    break;
                case Fixed32:
                    at += 4;
                    break;
                case Bytes:
                    var length = (int)ReadVarint(message, ref at);
                    if ((int)(tag >> 3) == number)
                        yield return message[at..(at + length)];
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    /// <summary>Names, ids and parents of the spans of an OTLP request: opentelemetry/proto/collector/trace/v1.</summary>
    public static IEnumerable<SeenSpan> Spans(byte[] request) =>
        from resource in Of(request, 1)
        from scope in Of(resource, 2)
        from span in Of(scope, 2)
        select new SeenSpan(Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), [.. Of(span, 9).Select(Encoding.UTF8.GetString)]);

    private static string Text(byte[] message, int number) => Encoding.UTF8.GetString(Of(message, number).SingleOrDefault() ?? []);

    private static string Hex(byte[] message, int number) => Convert.ToHexStringLower(Of(message, number).SingleOrDefault() ?? []);

    private static ulong ReadVarint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}

/// <param name="Attributes">Each as its bytes read as text: name and value are found in it.</param>
internal sealed record SeenSpan(string Name, string TraceId, string Id, string ParentId, IReadOnlyList<string> Attributes);
