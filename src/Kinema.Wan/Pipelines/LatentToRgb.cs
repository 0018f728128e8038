using Kinema.Wan.Arithmetic;
using Kinema.Wan.Images;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>A linear map from latents to colours, accurate enough for previews.</summary>
/// <remarks>
/// Fitted for each generation, by least squares with a small ridge, to the one frame whose latents and colours are both known: the given image. So it needs
/// no table of factors and fits every VAE and every image's colours.
/// </remarks>
internal sealed class LatentToRgb : IDisposable
{
    private const double Ridge = 1e-3;

    private readonly Tensor _map;

    private LatentToRgb(Tensor map) => _map = map;

    /// <param name="latent">Normalised latents of the image [1, z, 1, h, w].</param>
    /// <param name="image">The image [1, 3, H, W] in [−1, 1].</param>
    public static LatentToRgb Fit(Tensor latent, Tensor image)
    {
        using var scope = NewDisposeScope();
        var samples = Samples(latent.select(2, 0).cpu().to_type(ScalarType.Float64));
        var colours = nn.functional.adaptive_avg_pool2d(image.cpu().to_type(ScalarType.Float64), [latent.shape[3], latent.shape[4]]);
        var normal = samples.t().mm(samples);
        var ridge = eye(normal.shape[0], dtype: ScalarType.Float64).MultiplyInPlace(Ridge * samples.shape[0]);
        var map = linalg.solve(normal.AddInPlace(ridge), samples.t().mm(colours[0].flatten(1).t()));
        return new(map.to_type(ScalarType.Float32).DetachFromDisposeScope());
    }

    /// <summary>Converts one latent frame [z, h, w] to an image of w × h pixels.</summary>
    public RgbImage ToImage(Tensor latent)
    {
        using var scope = NewDisposeScope();
        var colours = Samples(latent.unsqueeze(0).cpu().to_type(ScalarType.Float32)).mm(_map).view(1, latent.shape[1], latent.shape[2], 3);
        return VideoPixels.FromUnit(colours.DivideInPlace(2).AddInPlace(0.5))[0];
    }

    public void Dispose() => _map.Dispose();

    /// <summary>[1, z, h, w] → [h·w, z + 1]: one row for each position, with a one for the constant term.</summary>
    private static Tensor Samples(Tensor latent)
        => cat([latent[0].flatten(1).t(), ones([latent.shape[2] * latent.shape[3], 1], dtype: latent.dtype)], 1);
}
