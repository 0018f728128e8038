using Kinema.Cli.Output;
using Kinema.Client;

namespace Kinema.Cli.Runs;

/// <summary>An image as it was typed: a URL goes to the server as it is, a file is uploaded first.</summary>
internal static class ImageSource
{
    private static readonly string[] _schemes = ["http://", "https://", "data:", "runflow://"];

    public static bool IsFile(string text) => !_schemes.Any(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says before anything is started that a file cannot be used.</summary>
    public static void Check(string text, Terminal terminal)
    {
        if (IsFile(text) && !File.Exists(terminal.Resolve(text)))
            throw new CommandFailure(ExitCodes.Usage, $"there is no file {text}; IMAGE is a file or an http(s) URL.");
    }

    public static async Task<string> ResolveAsync(string text, KinemaClient client, Terminal terminal, CancellationToken ct)
    {
        if (!IsFile(text))
            return text;

        await using var file = File.OpenRead(terminal.Resolve(text));
        var type = await MediaTypeAsync(file, ct)
            ?? throw new CommandFailure(ExitCodes.Usage, $"{text} is neither JPEG, PNG, WebP nor BMP by its first bytes; convert it to one of these.");
        var asset = await client.UploadAsync(file, Path.GetFileName(text), type, file.Length, ct);
        return asset.Reference;
    }

    // By content, because that is what the server will judge it by; the name may lie.
    private static async Task<string?> MediaTypeAsync(FileStream file, CancellationToken ct)
    {
        var head = new byte[12];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
            [(byte)'B', (byte)'M', ..] => "image/bmp",
            _ => null,
        };
    }
}
