namespace Kinema.Motion.Scenes;

/// <summary>A picture as a layered depth image: surfaces at different distances, the rearmost first.</summary>
internal sealed record Scene(IReadOnlyList<Layer> Layers, SceneAnalysis Analysis) : IDisposable
{
    /// <summary>Working width, pixels.</summary>
    public int Width => Layers[0].Colour.Width;

    /// <summary>Working height, pixels.</summary>
    public int Height => Layers[0].Colour.Height;

    public void Dispose()
    {
        foreach (var layer in Layers)
            layer.Dispose();
    }
}

/// <summary>The result of the scene analysis, for move planning and for the record.</summary>
/// <param name="DepthSource"><c>cues</c>, <c>network</c> or <c>none</c>.</param>
/// <param name="Confidence">0 (depth is a guess, so only gentle moves) to 1.</param>
/// <param name="Subject">The main subject.</param>
/// <param name="Notes">Fallbacks and their reasons, one sentence each.</param>
internal sealed record SceneAnalysis(string DepthSource, double Confidence, Subject Subject, IReadOnlyList<string> Notes)
{
    /// <summary>Name and SHA-256 of the depth network, if one was used.</summary>
    public string? NetworkDigest { get; init; }

    /// <summary>Uniformity of the background, 0 to 1. Parallax is invisible against a uniform background.</summary>
    public double BackgroundUniformity { get; init; }
}

/// <param name="X">Centre, fraction of the picture's width.</param>
/// <param name="Y">Centre, fraction of its height.</param>
/// <param name="InverseDepth">At its centre.</param>
/// <param name="Found">False if no foreground object was found and the centre of the picture stands in.</param>
internal sealed record Subject(double X, double Y, double InverseDepth, bool Found);
