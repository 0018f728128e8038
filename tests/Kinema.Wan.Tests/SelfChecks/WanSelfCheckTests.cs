using Kinema.Wan.SelfChecks;
using Kinema.Wan.Tests.Pipelines;

namespace Kinema.Wan.Tests.SelfChecks;

[Trait("Set", "isa")]
public sealed class WanSelfCheckTests
{
    public static TheoryData<string> Operations => [.. CheckedOperations.All.Select(operation => operation.Name)];

    [Fact]
    public void Every_operation_is_correct_on_this_processor()
    {
        var report = WanSelfCheck.Run();

        report.Results.Count.ShouldBe(14);
        report.Results.Where(result => !result.Passed).ShouldBeEmpty(report.Processor);
        report.Passed.ShouldBeTrue();
        report.Processor.ShouldMatch(@"family \d+ model \d+$");
        report.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_that_returns_wrong_numbers_is_detected(string name)
    {
        var right = CheckedOperations.All.Single(operation => operation.Name == name);

        foreach (var (fault, apply) in new (string, Action<torch.Tensor>)[]
        {
            ("one output channel is zero", result => result.select(1, 0).zero_()),
            ("one value is not a number", result => result.flatten()[0].fill_(double.NaN)),
            ("everything is one percent too large", result => result.mul_(name.Contains("float32") ? 1.01 : 1.04)),
        })
        {
            WanSelfCheck.Run([Broken(right, apply)]).Results.Single().Passed.ShouldBeFalse(fault);
        }
    }

    [Fact]
    public async Task An_incorrect_operation_stops_loading_and_names_operation_processor_and_remedy()
    {
        using var checkpoint = new TinyCheckpoint(TinyCheckpoint.All.First().Data);
        var broken = Array.ConvertAll(CheckedOperations.All, operation => operation.Name == "convolution 3×3×3, float32"
            ? Broken(operation, result => result.narrow(1, 17, 3).zero_())
            : operation);

        var error = await Should.ThrowAsync<WanException>(() => WanPipeline.LoadAsync(
            checkpoint.Folder, new() { SelfCheck = () => WanSelfCheck.Run(broken) }, cancellationToken: TestContext.Current.CancellationToken));

        error.Message.ShouldMatch(
            @"^libtorch computes ""convolution 3×3×3, float32"" incorrectly on this processor \(.* family \d+ model \d+\): relative error 0\.\d+, at most 1E-05 is rounding\. "
            + @"Set ONEDNN_MAX_CPU_ISA=SSE41 before the process starts");
    }

    private static CheckedOperation Broken(CheckedOperation operation, Action<torch.Tensor> breakIt) => operation with
    {
        Compute = () =>
        {
            var wrong = operation.Compute().clone();
            breakIt(wrong);
            return wrong;
        },
    };
}
