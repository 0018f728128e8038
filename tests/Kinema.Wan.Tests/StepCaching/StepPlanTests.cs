using Kinema.Wan.Schedulers;
using Kinema.Wan.StepCaching;

namespace Kinema.Wan.Tests.StepCaching;

public sealed class StepPlanTests
{
    private const double Boundary = 0.9;

    private static readonly WanStepCache _bold = new() { Threshold = 1, MaxSkipSteps = 10, RetentionRatio = 0 };

    /// <summary>As small as they come: every ratio 0.99, twenty steps, no shift.</summary>
    private static readonly MagRatioCurve _even = new("made up", 1, [.. Enumerable.Repeat(0.99, 19)]);

    public static TheoryData<string> Published => [.. _published.Select(curve => curve.Name)];

    private static readonly MagRatioCurve[] _published =
        [PublishedMagRatios.Wan21At480, PublishedMagRatios.Wan21At720, PublishedMagRatios.Wan22A14B, PublishedMagRatios.Wan22Ti2V5B];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void At_the_steps_of_its_own_run_a_curve_gives_the_ratios_it_was_made_of(double shift)
    {
        var curve = new MagRatioCurve("made up", shift, 0.9, 0.5, 0.8);

        curve.Ratio(Sigma(0), Sigma(1)).ShouldBe(0.9, 1e-9);
        curve.Ratio(Sigma(1), Sigma(2)).ShouldBe(0.5, 1e-9);
        curve.Ratio(Sigma(0), Sigma(3)).ShouldBe(0.9 * 0.5 * 0.8, 1e-9);

        double Sigma(double step) => shift * (1 - (step / 4)) / (1 + ((shift - 1) * (1 - (step / 4))));
    }

    [Fact]
    public void A_step_half_as_long_changes_by_the_root_of_the_ratio_and_one_beyond_the_table_by_its_last()
    {
        var curve = new MagRatioCurve("made up", 1, 0.9, 0.5, 0.81);

        curve.Ratio(0.75, 0.625).ShouldBe(Math.Sqrt(0.5), 1e-9);
        curve.Ratio(0.25, 0.125).ShouldBe(0.9, 1e-9);
    }

    /// <summary>Errors add up as 0.01, then 0.01 + 0.0199, then + 0.0297.</summary>
    [Fact]
    public void The_error_adds_up_from_the_last_computed_step_until_it_reaches_the_threshold()
    {
        var plan = StepPlan.Of(Straight(20), null, _even, new() { Threshold = 0.05, MaxSkipSteps = 10, RetentionRatio = 0.2 });

        Shape(plan).ShouldBe("####..#..#..#..#..##");
        plan[4].EstimatedError.ShouldBe(0.01, 1e-4);
        plan[5].EstimatedError.ShouldBe(0.0299, 1e-4);
        plan[6].EstimatedError.ShouldBe(0);
    }

    [Fact]
    public void No_more_steps_are_skipped_in_a_row_than_allowed()
        => Shape(StepPlan.Of(Straight(20), null, _even, _bold with { MaxSkipSteps = 3 })).ShouldBe("#...#...#...#...#..#");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void The_first_and_the_last_step_are_computed_whatever_is_allowed(int steps)
    {
        var plan = StepPlan.Of(Straight(steps), null, _even, _bold);

        plan[0].IsSkipped.ShouldBeFalse();
        plan[^1].IsSkipped.ShouldBeFalse();
        plan.Skip(1).SkipLast(1).Take(10).ShouldAllBe(step => step.IsSkipped);
    }

    [Fact]
    public void Of_two_transformers_only_the_second_skips_and_never_its_first_step()
    {
        var schedule = SigmaSchedule.UniPc(40, 5);
        var first = Enumerable.Range(0, 40).First(step => !schedule.IsHighNoise(step, Boundary));

        var plan = StepPlan.Of(schedule, Boundary, PublishedMagRatios.Wan22A14B, _bold);

        plan.Take(first + 1).ShouldAllBe(step => !step.IsSkipped);
        plan[first + 1].IsSkipped.ShouldBeTrue();
        StepPlan.Of(schedule, 0, PublishedMagRatios.Wan22A14B, _bold).ShouldAllBe(step => !step.IsSkipped, "every step is the first one's");
    }

    /// <summary>The rule of the authors' code, by index: with their 40 or 50 steps and shift.</summary>
    [Theory]
    [InlineData("Wan2.1-I2V-14B-480P", 40, 3)]
    [InlineData("Wan2.1-I2V-14B-720P", 40, 5)]
    [InlineData("Wan2.2-TI2V-5B", 50, 5)]
    public void With_the_authors_settings_the_steps_of_the_authors_code_are_skipped(string name, int steps, double shift)
    {
        var curve = _published.Single(curve => curve.Name == name);
        var sigmas = Enumerable.Range(0, steps + 1).Select(i => 1 - ((double)i / steps)).Select(u => (float)(shift * u / (1 + ((shift - 1) * u)))).ToArray();
        var schedule = new SigmaSchedule(sigmas, [.. sigmas.SkipLast(1).Select(sigma => sigma * 1000)]);
        foreach (var (threshold, most) in new[] { (0.06, 2), (0.12, 4), (0.24, 6) })
        {
            var expected = new bool[steps];
            var (ratio, error, skips) = (1.0, 0.0, 0);
            for (var i = (int)(0.2 * steps); i < steps - 1; i++)
            {
                ratio *= curve.Ratio(sigmas[i - 1], sigmas[i]);
                error += Math.Abs(1 - ratio);
                skips++;
                expected[i] = error < threshold && skips <= most;
                if (!expected[i])
                    (ratio, error, skips) = (1, 0, 0);
            }

            StepPlan.Of(schedule, null, curve, new() { Threshold = threshold, MaxSkipSteps = most, RetentionRatio = 0.2 })
                .Select(step => step.IsSkipped).ShouldBe(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_higher_threshold_skips_more_and_zero_nothing(string name)
    {
        var curve = _published.Single(curve => curve.Name == name);

        var skipped = new[] { 0, 0.03, 0.06, 0.12, 0.24, 1 }
            .Select(threshold => StepPlan.Of(SigmaSchedule.UniPc(40, 5), null, curve, _bold with { Threshold = threshold }).Count(step => step.IsSkipped))
            .ToList();

        skipped[0].ShouldBe(0);
        skipped.ShouldBeInOrder();
        skipped.Distinct().Count().ShouldBeGreaterThan(3);
        skipped[^1].ShouldBeLessThan(38);
    }

    private static string Shape(IEnumerable<PlannedStep> plan) => string.Concat(plan.Select(step => step.IsSkipped ? '.' : '#'));

    private static SigmaSchedule Straight(int steps)
    {
        var sigmas = Enumerable.Range(0, steps + 1).Select(i => 1 - ((float)i / steps)).ToArray();
        return new(sigmas, [.. sigmas.SkipLast(1).Select(sigma => sigma * 1000)]);
    }
}
