using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kinema.Media.Tests.Support;

/// <summary>Asks the ffmpeg programs themselves, not our code, what a file is.</summary>
public static class Tool
{
    public static JsonNode Probe(string path, params string[] more) =>
        JsonNode.Parse(Run("ffprobe", ["-v", "error", "-print_format", "json", "-show_format", "-show_streams", "-count_frames", .. more, path]))!;

    /// <summary>All frames of a file, decoded to planar YUV.</summary>
    public static byte[] Decode(string path, params string[] filters) =>
        RunBytes("ffmpeg", ["-v", "error", "-i", path, .. filters, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]);

    /// <summary>The names of a file's top-level boxes, in order (ISO/IEC 14496-12, 4.2).</summary>
    public static List<string> Boxes(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        List<string> names = [];
        Span<byte> head = stackalloc byte[8];
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            reader.BaseStream.ReadExactly(head);
            long size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head);
            names.Add(System.Text.Encoding.ASCII.GetString(head[4..]));
            if (size == 1)
                size = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(reader.ReadInt64()) - 8;
            reader.BaseStream.Position += size - 8;
        }

        return names;
    }

    public static string Run(string program, IEnumerable<string> arguments) => System.Text.Encoding.UTF8.GetString(RunBytes(program, arguments));

    /// <summary>What a program says beside its output.</summary>
    public static string Log(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var log = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return log;
    }

    public static byte[] RunBytes(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return output.ToArray();
    }
}
