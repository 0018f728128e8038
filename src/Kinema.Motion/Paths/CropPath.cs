using Kinema.Motion.Words;

namespace Kinema.Motion.Paths;

/// <summary>The way of the crop over a video.</summary>
/// <param name="Amplitude">How far it goes: the growth of the content for a push or a pull, the travel in fractions of a side for the others.</param>
internal sealed record CropPath(Crop Start, Crop End, double Amplitude, int FrameCount)
{
    /// <summary>Crops that a move must start from keep at least this much of each side.</summary>
    public const double SmallestStart = 0.85;

    /// <summary>The fixed point of a push: a little above the middle, where faces and horizons are.</summary>
    private const double FocusX = 0.5;
    private const double FocusY = 0.46;

    private const double DefaultPush = 0.10;
    private const double AskedPush = 0.14;
    private const double AskedTravel = 0.11;
    private const double LargestPush = 0.35;

    public bool IsStill => Start == End;

    public static CropPath For(CameraPlan plan, int seconds, int frameCount)
    {
        // Longer videos move farther, but slower; 5 seconds are the measure.
        var scale = Math.Pow(seconds / 5.0, 0.6) * plan.Speed switch { Speed.Slow => 0.6, Speed.Fast => 1.6, _ => 1 };
        var push = Math.Min((plan.Asked ? AskedPush : DefaultPush) * scale, LargestPush);
        var pull = Math.Min(AskedPush * scale, (1 / SmallestStart) - 1);
        var travel = Math.Min(AskedTravel * scale, 1 - SmallestStart);
        return plan.Move switch
        {
            Move.PushIn or Move.ZoomIn => new(Crop.Whole, Centred(1 / (1 + push)), push, frameCount),
            Move.PullOut or Move.ZoomOut => new(Centred(1 / (1 + pull)), Crop.Whole, pull, frameCount),
            Move.PanLeft or Move.TruckLeft => new(Beside(travel, travel), Beside(0, travel), travel, frameCount),
            Move.PanRight or Move.TruckRight => new(Beside(0, travel), Beside(travel, travel), travel, frameCount),
            Move.TiltUp or Move.PedestalUp => new(Above(travel, travel), Above(0, travel), travel, frameCount),
            Move.TiltDown or Move.PedestalDown => new(Above(0, travel), Above(travel, travel), travel, frameCount),
            _ => new(Crop.Whole, Crop.Whole, 0, frameCount),
        };
    }

    public Crop At(int frame)
    {
        if (frame == 0)
            return Start;
        if (frame == FrameCount - 1)
            return End;

        var done = Easing.At((double)frame / (FrameCount - 1));
        // By equal factors, not by equal steps: a push at an even pace to the eye.
        var size = Start.Width * Math.Pow(End.Width / Start.Width, done);
        var way = Start.Width == End.Width ? done : (size - Start.Width) / (End.Width - Start.Width);
        return new(Start.X + ((End.X - Start.X) * way), Start.Y + ((End.Y - Start.Y) * way), size, size);
    }

    private static Crop Centred(double size) => new(FocusX * (1 - size), FocusY * (1 - size), size, size);

    private static Crop Beside(double x, double travel) => new(x, FocusY * travel, 1 - travel, 1 - travel);

    private static Crop Above(double y, double travel) => new(FocusX * travel, y, 1 - travel, 1 - travel);
}
