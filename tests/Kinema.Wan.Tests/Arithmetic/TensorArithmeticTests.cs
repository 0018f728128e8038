using System.Runtime.InteropServices;
using Kinema.Wan.Arithmetic;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Arithmetic;

/// <summary>Numbers stay what they are while libtorch reads them.</summary>
/// <remarks>In the same loop TorchSharp's own <c>add</c>, <c>add_</c>, <c>+</c>, <c>square</c> and <c>vector_norm</c> failed two to fifteen times each.</remarks>
[Collection(CollectsGarbage.Name)]
public sealed class TensorArithmeticTests
{
    private const int Times = 20_000;

    private static readonly Dictionary<string, (Func<torch.Tensor, torch.Tensor> Run, float Expected)> _operations = new()
    {
        ["count up"] = (x => TensorArithmetic.CountUp(4, torch.float32, torch.CPU)[3], 3),
        ["plus"] = (x => x.Plus(x), 6),
        ["plus some times"] = (x => x.Plus(x, 0.5), 4.5f),
        ["times"] = (x => x.Times(1.5), 4.5f),
        ["over"] = (x => x.Over(2), 1.5f),
        ["subtracted from"] = (x => x.SubtractedFrom(1), -2),
        ["squared"] = (x => x.Squared(), 9),
        ["clamped"] = (x => x.Clamped(-1, 1), 1),
        ["length along"] = (x => x.NormAlong(0), 3),
        ["add"] = (x => x.clone().AddInPlace(x), 6),
        ["add some times"] = (x => x.clone().AddInPlace(x, 0.5), 4.5f),
        ["add a number"] = (x => x.clone().AddInPlace(0.25), 3.25f),
        ["add a product"] = (x => x.clone().AddProductInPlace(x, x), 12),
        ["subtract"] = (x => x.clone().SubtractInPlace(0.25), 2.75f),
        ["multiply"] = (x => x.clone().MultiplyInPlace(1.5), 4.5f),
        ["divide"] = (x => x.clone().DivideInPlace(2), 1.5f),
        ["square"] = (x => x.clone().SquareInPlace(), 9),
        ["clamp"] = (x => x.clone().ClampInPlace(-1, 1), 1),
        ["at least"] = (x => x.clone().AtLeastInPlace(3.5), 3.5f),
        ["fill"] = (x => x.clone().FillInPlace(0.25), 0.25f),
    };

    [Fact]
    public void Operations_with_numbers_are_right_while_garbage_is_collected()
    {
        using var x = torch.tensor([3f]);
        using var collector = CollectsGarbage.WithoutPause();
        var wrong = new List<string>();

        for (var i = 0; i < Times; i++)
        {
            foreach (var (name, (run, expected)) in _operations)
            {
                if (Fault(() => run(x), expected) is { } fault)
                    wrong.Add($"{name}: {fault}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_operation_is_tried()
    {
        var all = new[] { typeof(TensorArithmetic), typeof(TensorArithmeticInPlace) }.Sum(type => type.GetMethods().Count(method => method.IsStatic));

        _operations.Count.ShouldBe(all);
    }

    private static string? Fault(Func<torch.Tensor> run, float expected)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            return run().item<float>() is var value && value == expected ? null : $"{value} instead of {expected}";
        }
        catch (ExternalException exception)
        {
            return exception.Message;
        }
    }
}
