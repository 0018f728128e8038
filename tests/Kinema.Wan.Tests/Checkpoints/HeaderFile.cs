using System.Buffers.Binary;
using System.Text;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Writes safetensors files of any size with sparse data, which uses no disk space.</summary>
internal static class HeaderFile
{
    /// <returns>How many bytes of data it says it has.</returns>
    public static long Write(string path, IEnumerable<(string Name, string Type, long[] Shape)> tensors)
    {
        var json = new StringBuilder("{");
        long end = 0;
        foreach (var (name, type, shape) in tensors)
        {
            var begin = end;
            end += shape.Aggregate((long)StoredTypes.Parse(type)!.Value.Size(), (product, size) => product * size);
            json.Append(json.Length > 1 ? "," : "")
                .Append($$"""{{System.Text.Json.JsonSerializer.Serialize(name)}}:{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{begin}},{{end}}]}""");
        }

        var header = Encoding.UTF8.GetBytes(json.Append('}').ToString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write(length);
        file.Write(header);
        file.SetLength(length.Length + header.Length + end);
        return end;
    }
}
