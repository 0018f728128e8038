using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Schedulers;

/// <summary>UniPC of order 2 with B(h) = e^h − 1 ("bh2"), predicting x0, for flow models.</summary>
/// <remarks>
/// Zhao et al. 2023 (UniPC), equations 3 and 9, with α = 1 − σ and λ = ln α − ln σ, as in diffusers. The first and the last step are of order 1. From the
/// second step on, each model output first corrects the sample it was computed at. Scalars are float32.
/// </remarks>
internal sealed class UniPcScheduler(SigmaSchedule schedule) : IScheduler
{
    private const int MaximumOrder = 2;

    private Tensor? _lastSample;
    private Tensor? _olderX0;
    private Tensor? _lastX0;
    private int _lastOrder;

    public SigmaSchedule Schedule => schedule;

    public Tensor Step(int index, Tensor velocity, Tensor sample)
    {
        using var scope = NewDisposeScope();
        var x0 = sample.Plus(velocity, -schedule.Sigmas[index]);
        var corrected = index > 0 ? Correct(index, x0) : sample.alias();

        SaveState(x0, corrected);
        _lastOrder = Math.Min(Math.Min(MaximumOrder, schedule.Steps - index), index + 1);
        return Predict(index, corrected, _lastOrder).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _lastSample?.Dispose();
        _olderX0?.Dispose();
        _lastX0?.Dispose();
    }

    /// <summary>UniP: from the sample at <paramref name="index"/> to the next noise level.</summary>
    private Tensor Predict(int index, Tensor sample, int order)
    {
        var step = Between(index, index + 1);
        var next = FirstOrder(step, sample, _lastX0!);
        if (order == 1)
            return next;

        // D1 = (m₋₁ − m₀) / r₁, and the weight of order 2 is always ½.
        var ratio = Ratio(index, index - 1, step.Length);
        var weight = -step.Alpha * step.B * 0.5f / ratio;
        return next.AddInPlace(_olderX0!, weight).AddInPlace(_lastX0!, -weight);
    }

    /// <summary>UniC: repeats the last step now that x0 at its end is known.</summary>
    private Tensor Correct(int index, Tensor x0)
    {
        var step = Between(index - 1, index);
        var next = FirstOrder(step, _lastSample!, _lastX0!);
        if (_lastOrder == 1)
            return AddDifference(next, x0, _lastX0!, -step.Alpha * step.B * 0.5f);

        // [1 1; r₁ 1]·ρ = b
        var ratio = Ratio(index - 1, index - 2, step.Length);
        var (b1, b2) = RightHandSide(step);
        var older = (b1 - b2) / (1 - ratio);
        var newest = b1 - older;
        next = AddDifference(next, _olderX0!, _lastX0!, -step.Alpha * step.B * older / ratio);
        return AddDifference(next, x0, _lastX0!, -step.Alpha * step.B * newest);
    }

    /// <summary>The term that both share: (σ'/σ)·x − α'·(e^−h − 1)·m₀.</summary>
    private static Tensor FirstOrder(StepLength step, Tensor sample, Tensor x0)
        => sample.Times(step.SigmaRatio).AddInPlace(x0, -step.Alpha * step.B);

    /// <summary>x + w·(to − from), written into x.</summary>
    private static Tensor AddDifference(Tensor x, Tensor to, Tensor from, float weight)
        => x.AddInPlace(to, weight).AddInPlace(from, -weight);

    private StepLength Between(int from, int to)
    {
        var (before, after) = (schedule.Sigmas[from], schedule.Sigmas[to]);
        var h = Lambda(to) - Lambda(from);
        return new(h, (float)ExpMinusOne(-h), 1 - after, after / before);
    }

    /// <summary>r₁ = (λ₋₁ − λ₀) / h.</summary>
    private float Ratio(int at, int before, float length) => (Lambda(before) - Lambda(at)) / length;

    private float Lambda(int index) => MathF.Log(1 - schedule.Sigmas[index]) - MathF.Log(schedule.Sigmas[index]);

    /// <summary>b₁ and b₂ of UniPC: h·φ₁ and h·φ₂·2! over B(h).</summary>
    private static (float First, float Second) RightHandSide(StepLength step)
    {
        var h = -step.Length;
        var phi = step.B / h - 1;
        var first = phi / step.B;
        phi = phi / h - 0.5f;
        return (first, phi * 2 / step.B);
    }

    /// <summary>e^x − 1 without the cancellation near 0 (Kahan).</summary>
    private static double ExpMinusOne(double x)
    {
        var e = Math.Exp(x);
        return e == 1 ? x : e - 1 <= -1 ? -1 : (e - 1) * x / Math.Log(e);
    }

    private void SaveState(Tensor x0, Tensor sample)
    {
        _olderX0?.Dispose();
        _lastSample?.Dispose();
        _olderX0 = _lastX0;
        _lastX0 = x0.DetachFromDisposeScope();
        _lastSample = sample.DetachFromDisposeScope();
    }

    /// <summary>One step in λ.</summary>
    /// <param name="Length">h = λ' − λ; infinite for the last step.</param>
    /// <param name="B">e^−h − 1.</param>
    /// <param name="Alpha">α' = 1 − σ'.</param>
    /// <param name="SigmaRatio">σ' / σ.</param>
    private readonly record struct StepLength(float Length, float B, float Alpha, float SigmaRatio);
}
