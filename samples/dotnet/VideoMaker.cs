using System.Globalization;
using Kinema.Client;

namespace Kinema.Sample;

/// <summary>Turns a photograph into a video: uploads it, asks for the price, runs the model and downloads the result.</summary>
internal sealed class VideoMaker(KinemaClient kinema)
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";

    public async Task MakeAsync(string photograph, string prompt, string video, CancellationToken ct)
    {
        var image = await kinema.UploadAsync(photograph, ct);
        var input = new ImageToVideoInput { ImageUrl = image.Reference, Prompt = prompt, Duration = 2, Resolution = "720p" };
        var estimate = await kinema.EstimateAsync(Model, input, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"costs at most {estimate.Cost} {estimate.Currency}"));

        var run = await kinema.RunAsync(Model, input, progress: new Progress<RunEvent>(Show), cancellationToken: ct);
        await kinema.DownloadAsync(run.EnsureSucceeded(), video, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{video}: run {run.Id} took {run.DurationMs} ms and cost {run.Cost} USD"));
    }

    private static void Show(RunEvent e)
    {
        if (e.Status is { } status)
            Console.WriteLine(status);
        else if (e.Progress is { } progress)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.Stage} {progress:P0}"));
    }
}
