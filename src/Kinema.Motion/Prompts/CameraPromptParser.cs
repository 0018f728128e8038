namespace Kinema.Motion.Prompts;

/// <summary>Parses camera moves from a prompt and a negative prompt.</summary>
internal static class CameraPromptParser
{
    /// <summary>Largest number of segments in a plan; more would be hurried in a video of any length.</summary>
    public const int MaxSegments = 4;

    /// <param name="isWide">Whether the picture is so wide that a slow truck shows it better than a push.</param>
    /// <param name="maxSegments">Number of segments that the duration leaves time for.</param>
    public static CameraPlan Parse(string? prompt, string? negativePrompt, bool isWide = false, int maxSegments = MaxSegments)
    {
        var positive = new MoveExtractor();
        var builder = new CameraPlanBuilder(maxSegments);
        foreach (var clause in PromptClause.Split(prompt, ruledOut: false))
            builder.Add(clause, positive.Extract(clause));
        var negative = new MoveExtractor();
        foreach (var clause in PromptClause.Split(negativePrompt, ruledOut: true))
            negative.Extract(clause);

        HashSet<Move> ruledOut = [.. positive.RuledOut, .. negative.RuledOut];
        List<string> notes = [.. positive.Unsupported.Select(name => $"'{name}' is asked for and not made by this engine")];
        var segments = builder.Build(ruledOut, notes);
        return segments.Count > 0
            ? new(segments, CameraRequested: true, notes)
            : Default(ruledOut, isWide) is var move && move == Move.Static
                // A prompt that excludes every move asks for a static camera.
                ? new([new([new(move, Speed.Normal)])], CameraRequested: true, notes)
                : new([new([new(move, DefaultSpeed(prompt))])], CameraRequested: false, notes);
    }

    /// <summary>Returns a slow push, or a slow truck over a wide picture. Skips moves that are ruled out or look like one that is.</summary>
    private static Move Default(HashSet<Move> ruledOut, bool isWide)
    {
        var push = !ruledOut.Contains(Move.PushIn) && !ruledOut.Contains(Move.ZoomIn);
        var truck = !ruledOut.Contains(Move.TruckRight) && !ruledOut.Contains(Move.PanRight);
        if (push && !(isWide && truck))
            return Move.PushIn;
        if (truck)
            return Move.TruckRight;
        return ruledOut.Contains(Move.PedestalUp) || ruledOut.Contains(Move.TiltUp) ? Move.Static : Move.PedestalUp;
    }

    private static Speed DefaultSpeed(string? prompt) =>
        PromptClause.Split(prompt, ruledOut: false)
            .Where(clause => clause.MentionsCamera)
            .Select(clause => SpeedDetector.Detect(clause.Text[..clause.NegationStart])).FirstOrDefault();
}
