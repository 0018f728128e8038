using Kinema.Engines;
using Kinema.Media;
using Kinema.Server.Tests.Workers;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Safety;

/// <summary>The worker stands elsewhere: it is sent nothing that was refused, and its files are checked here.</summary>
public sealed class RemoteSafetyTests : SafetyConformance
{
    private protected override Task<WorkerRig> StartAsync(IVideoEngine engine, params string[] settings) => WorkerRig.RemoteAsync(engine, settings);

    /// <summary>The video is innocent, and the still that everybody sees first is not.</summary>
    [Theory]
    [InlineData("poster.jpg")]
    [InlineData("last-frame.png")]
    public async Task A_picture_that_a_lying_worker_puts_beside_its_video_is_judged_too(string name)
    {
        using var folder = new TemporaryFolder();
        await using var server = await WorkerRig.StartServerAsync(Colours.Settings(folder));
        using var worker = await RawWorker.RegisterAsync(server);
        var id = await WorkingServer.CreateAsync(server, Body(Colours.GreyUri));
        await worker.TakeAsync();
        var files = await MakeFilesAsync(server, lying: name);

        (await worker.DeliverAsync(files)).EnsureSuccessStatusCode();

        ShouldHaveFailed(await WorkingServer.WaitForEndAsync(server, id), "CONTENT_REJECTED", "postprocess", "The safety checker refused the video.");
    }

    private static async Task<(string Name, byte[] Content)[]> MakeFilesAsync(TestServer server, string lying)
    {
        using var folder = new TemporaryFolder();
        var format = PlayedEngine.Format;
        var path = folder.File("video.mp4");
        var (grey, red) = (Colours.Frame(format, isRed: false), Colours.Frame(format, isRed: true));
        await using (var encoding = server.Services.GetRequiredService<IVideoEncoder>().Start(format, path, new Dictionary<string, string>()))
        {
            for (var i = 0; i < format.FrameCount; i++)
                await encoding.WriteAsync(grey, Ct);
            await encoding.FinishAsync(Ct);
        }

        return
        [
            ("video.mp4", await File.ReadAllBytesAsync(path, Ct)),
            ("poster.jpg", server.Services.GetRequiredService<IPosterMaker>().Encode(format, lying == "poster.jpg" ? red : grey)),
            ("last-frame.png", server.Services.GetRequiredService<ILastFrameMaker>().Encode(format, lying == "last-frame.png" ? red : grey)),
        ];
    }
}
