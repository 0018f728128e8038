using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

/// <summary>
/// Good files with bytes changed at random, from fixed seeds: each is accepted or refused without a crash, and an accepted one can be read or fails as invalid.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class MutationTests : IDisposable
{
    private const int MostFlips = 12;

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new(options => options.ProbeSecondsLimit = 20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clip.mp4", 25)]
    [InlineData("sound.wav", 25)]
    [InlineData("sound.mp3", 25)]
    public Task Mutated_files_are_accepted_or_refused_without_a_crash(string name, int files) => ChangeAsync(name, seed: 1, files, mostAccepted: files);

    [Theory]
    [InlineData("clip.mp4", 2000)]
    [InlineData("sound.wav", 2000)]
    [InlineData("sound.mp3", 2000)]
    [Trait("Set", "long")]
    public Task Many_more_mutated_files_are_accepted_or_refused_without_a_crash(string name, int files) => ChangeAsync(name, seed: 2, files, mostAccepted: files - 1);

    private async Task ChangeAsync(string name, int seed, int files, int mostAccepted)
    {
        var good = await File.ReadAllBytesAsync(name == "clip.mp4" ? Clips.Make(_folder, name, sound: true, size: "240x240", rate: 6) : Clips.Tone(_folder, name, 2), Ct);
        // The index is where a change does most; the rest of the time it is anywhere.
        var index = Math.Max(0, good.AsSpan().IndexOf("moov"u8));
        var random = new Random(seed);
        var accepted = 0;
        for (var file = 0; file < files; file++)
        {
            byte[] changed = [.. good];
            for (var flip = random.Next(1, MostFlips); flip > 0; flip--)
                changed[random.Next(2) == 0 ? random.Next(changed.Length) : index + random.Next(Math.Min(2000, changed.Length - index))] = (byte)random.Next(256);

            accepted += await TryAsync(_folder.Write("changed", changed), isClip: name == "clip.mp4") ? 1 : 0;
        }

        // A sound survives most changes, so only the long sets are sure to hold a refused one.
        accepted.ShouldBeInRange(1, mostAccepted);
        Processes.Naming(_folder.Path("changed")).ShouldBeEmpty();
    }

    private async Task<bool> TryAsync(string path, bool isClip)
    {
        var verdict = isClip
            ? await _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)
            : await _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct);
        if (verdict.Problem is not null)
        {
            verdict.Message.ShouldNotBeNullOrEmpty();
            return false;
        }

        var input = Clips.Input(path, verdict.ContentType, verdict.Seconds, verdict.HasAudio);
        try
        {
            if (isClip)
                await foreach (var frame in _media.Clips.ReadAsync(input, 64, 64, 10, Ct))
                    frame.Length.ShouldBe(64 * 64 * 3 / 2);
            else
                (await _media.Sounds.ReadAsync(input, 8000, 30, Ct)).ShouldAllBe(sample => Math.Abs(sample) <= 1);
        }
        catch (EngineException e)
        {
            e.Code.ShouldBe("INPUT_MEDIA_INVALID");
        }

        return true;
    }
}
