using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>The video autoencoder of Wan 2.1 and 2.2. It encodes and decodes chunk by chunk, so memory does not grow with the video's length.</summary>
/// <remarks>
/// Computes in the type of the weights; float32 is the reference's choice. After AutoencoderKLWan of huggingface/diffusers and wan/modules/vae2_1.py and
/// vae2_2.py of Wan-Video/Wan2.2.
/// </remarks>
internal sealed class WanVae
{
    private readonly VaeEncoder _encoder;
    private readonly VaeDecoder _decoder;
    private readonly PointwiseConv3d _quantConv;
    private readonly PointwiseConv3d _postQuantConv;
    private readonly Tensor _like;

    public WanVae(IWeights weights, VaeConfig config)
    {
        Config = config;
        Statistics = new LatentStatistics(config.LatentsMean, config.LatentsStd);
        _encoder = new VaeEncoder(weights.At("encoder."), config);
        _decoder = new VaeDecoder(weights.At("decoder."), config);
        _quantConv = new PointwiseConv3d(weights.At("quant_conv."), 2 * config.LatentChannels, 2 * config.LatentChannels);
        _postQuantConv = new PointwiseConv3d(weights.At("post_quant_conv."), config.LatentChannels, config.LatentChannels);
        _like = weights.Get("post_quant_conv.bias", config.LatentChannels);
    }

    public VaeConfig Config { get; }

    public LatentStatistics Statistics { get; }

    /// <summary>Tile sizes; null processes whole images.</summary>
    public VaeTileSizes? Tiling { get; init; }

    /// <summary>Receives every stage's output; for tests.</summary>
    public StageObserver? Observer { get; init; }

    /// <summary>Returns the latents of a video: the mean of the encoder's distribution, in float32, not normalised.</summary>
    /// <param name="video">[B, 3, 4n+1, H, W] in [-1, 1].</param>
    /// <param name="ct">Checked between layers.</param>
    /// <returns>[B, z, n+1, h, w].</returns>
    public Tensor Encode(Tensor video, CancellationToken ct = default)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return EncodeMoments(video, ct).narrow(1, 0, Config.LatentChannels).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Returns mean and log variance: [B, 3, 4n+1, H, W] → [B, 2z, n+1, h, w] in float32.</summary>
    public Tensor EncodeMoments(Tensor video, CancellationToken ct = default)
    {
        Check(video.shape);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();

        var grid = EncodingGrid(video.shape[3] / Patch, video.shape[4] / Patch);
        var tiles = new Tensor[grid.Rows.Tiles.Count, grid.Columns.Tiles.Count];
        for (var i = 0; i < tiles.GetLength(0); i++)
        {
            for (var j = 0; j < tiles.GetLength(1); j++)
                tiles[i, j] = EncodeTile(chunk => grid.Cut(chunk, i, j), video, ct);
        }

        return grid.Join(tiles).to_type(ScalarType.Float32).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Decodes latents chunk by chunk: first one frame, then four at a time.</summary>
    /// <param name="latents">[B, z, T, h, w], not normalised.</param>
    /// <param name="ct">Checked between layers.</param>
    /// <returns>Chunks [B, 3, 1 or 4, H, W] in [-1, 1], float32, which belong to the caller.</returns>
    public IEnumerable<Tensor> Decode(Tensor latents, CancellationToken ct = default)
    {
        var grid = DecodingGrid(latents.shape[3], latents.shape[4]);
        var passes = new VaePass[grid.Rows.Tiles.Count, grid.Columns.Tiles.Count];
        for (var i = 0; i < passes.Length; i++)
            passes[i / passes.GetLength(1), i % passes.GetLength(1)] = new VaePass(Observer, ct);

        using var z = PrepareLatents(latents);
        try
        {
            for (var t = 0L; t < z.shape[2]; t++)
                yield return DecodeFrame(z, t, grid, passes);
        }
        finally
        {
            foreach (var pass in passes)
                pass.Dispose();
        }
    }

    private int Patch => Config.PatchSize;

    private Tensor EncodeTile(Func<Tensor, Tensor> cut, Tensor video, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        using var pass = new VaePass(Observer, ct);

        var parts = new List<Tensor>();
        for (var (start, count) = (0L, 1L); start < video.shape[2]; (start, count) = (start + count, Config.TemporalFactor))
        {
            using var chunkScope = NewDisposeScope();
            var chunk = video.narrow(2, start, count).to(_like.dtype, _like.device);
            var blocks = cut(Patch > 1 ? PixelPatches.Patchify(chunk, Patch) : chunk);
            parts.Add(_encoder.Apply(VideoLayout.ChannelsLast(blocks), pass).MoveToOuterDisposeScope());
            pass.ChunkDone();
        }

        var moments = _quantConv.Apply(cat(parts, 2));
        pass.Observe("quant_conv", moments);
        return moments.MoveToOuterDisposeScope();
    }

    private Tensor PrepareLatents(Tensor latents)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();

        var z = _postQuantConv.Apply(VideoLayout.ChannelsLast(latents.to(_like.dtype, _like.device)));
        Observer?.Invoke("post_quant_conv", z);
        return z.DetachFromDisposeScope();
    }

    private Tensor DecodeFrame(Tensor z, long t, TileGrid grid, VaePass[,] passes)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();

        var latent = z.narrow(2, t, 1);
        var tiles = new Tensor[passes.GetLength(0), passes.GetLength(1)];
        for (var i = 0; i < tiles.GetLength(0); i++)
        {
            for (var j = 0; j < tiles.GetLength(1); j++)
            {
                tiles[i, j] = _decoder.Apply(VideoLayout.ChannelsLast(grid.Cut(latent, i, j)), passes[i, j]);
                passes[i, j].ChunkDone();
            }
        }

        var joined = grid.Join(tiles);
        var pixels = Patch > 1 ? PixelPatches.Unpatchify(joined, Patch) : joined;
        return pixels.to_type(ScalarType.Float32).ClampInPlace(-1, 1).MoveToOuterDisposeScope();
    }

    private TileGrid EncodingGrid(long height, long width) =>
        Tiling is { } tiling && (height > tiling.TileHeight || width > tiling.TileWidth)
            ? new TileGrid(
                TileAxis.Encoding(height, tiling.TileHeight, tiling.StrideHeight, Config.SpatialFactor / Patch),
                TileAxis.Encoding(width, tiling.TileWidth, tiling.StrideWidth, Config.SpatialFactor / Patch))
            : new TileGrid(TileAxis.Whole(height), TileAxis.Whole(width));

    private TileGrid DecodingGrid(long height, long width) =>
        Tiling is { } tiling && (height > tiling.TileHeight / Config.SpatialFactor || width > tiling.TileWidth / Config.SpatialFactor)
            ? new TileGrid(
                TileAxis.Decoding(height, tiling.TileHeight, tiling.StrideHeight, Config.SpatialFactor, Patch),
                TileAxis.Decoding(width, tiling.TileWidth, tiling.StrideWidth, Config.SpatialFactor, Patch))
            : new TileGrid(TileAxis.Whole(height), TileAxis.Whole(width));

    private void Check(long[] shape)
    {
        if (shape.Length != 5 || (shape[2] - 1) % Config.TemporalFactor != 0 || shape[3] % Config.SpatialFactor != 0 || shape[4] % Config.SpatialFactor != 0)
        {
            throw new ArgumentException(
                $"video must be [batch, 3, {Config.TemporalFactor}n+1, height, width] with height and width multiples of {Config.SpatialFactor}; "
                + $"got [{string.Join(", ", shape)}]");
        }
    }
}
