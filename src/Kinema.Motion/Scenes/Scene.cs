namespace Kinema.Motion.Scenes;

/// <summary>A picture as the camera meets it: surfaces at different distances, the rearmost first.</summary>
internal sealed record Scene(IReadOnlyList<Layer> Layers, SceneReading Reading) : IDisposable
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

/// <summary>What was understood of a picture, for the planning of moves and for the record.</summary>
/// <param name="DepthSource"><c>cues</c>, <c>network</c> or <c>none</c>.</param>
/// <param name="Confidence">0 (a guess: gentle moves only) to 1.</param>
/// <param name="Subject">What a viewer looks at.</param>
/// <param name="Notes">What fell back and why, one sentence each.</param>
internal sealed record SceneReading(string DepthSource, double Confidence, Subject Subject, IReadOnlyList<string> Notes)
{
    /// <summary>Name and SHA-256 of the depth network, where one was used.</summary>
    public string? NetworkDigest { get; init; }

    /// <summary>How plain what is behind the figure is, 0 to 1: before a plain ground nothing is seen to go by.</summary>
    public double Plainness { get; init; }
}

/// <param name="X">Centre, fraction of the picture's width.</param>
/// <param name="Y">Centre, fraction of its height.</param>
/// <param name="InverseDepth">Of its middle.</param>
/// <param name="Found">False when nothing stands out, and the middle of the picture was taken.</param>
internal sealed record Subject(double X, double Y, double InverseDepth, bool Found);
