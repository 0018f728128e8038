using Kinema.Wan.Schedulers;

namespace Kinema.Wan.Tests.Schedulers;

public sealed class SchedulerTests
{
    [Fact]
    public void The_distilled_list_is_1000_750_500_250_shifted_once()
    {
        var schedule = SigmaSchedule.Distilled(shift: 5);

        schedule.Sigmas.ShouldBe([1f, 0.9375f, 0.8333333f, 0.625f, 0f], tolerance: 1e-6);
        schedule.Timesteps.ShouldBe([1000f, 937.5f, 833.3333f, 625f], tolerance: 1e-3);
    }

    [Theory]
    [InlineData(WanScheduler.UniPc)]
    [InlineData(WanScheduler.FlowMatchEuler)]
    [InlineData(WanScheduler.Distilled)]
    public void A_model_that_always_points_at_one_image_ends_at_it(WanScheduler kind)
    {
        using var scope = torch.NewDisposeScope();
        var picture = torch.randn(1, 4, 2, 3, generator: new torch.Generator(1));
        var sample = torch.randn(1, 4, 2, 3, generator: new torch.Generator(2));
        using var scheduler = SchedulerFactory.Create(kind, steps: 4, shift: 3);

        for (var i = 0; i < scheduler.Schedule.Steps; i++)
            sample = scheduler.Step(i, (sample - picture) / scheduler.Schedule.Sigmas[i], sample);

        (sample - picture).abs().max().item<float>().ShouldBeLessThan(2e-5f);
    }

    [Theory]
    [InlineData(WanScheduler.UniPc)]
    [InlineData(WanScheduler.FlowMatchEuler)]
    public void One_step_goes_straight_to_the_image(WanScheduler kind)
    {
        using var scope = torch.NewDisposeScope();
        var noise = torch.ones(1, 2);
        using var scheduler = SchedulerFactory.Create(kind, steps: 1, shift: 5);

        var end = scheduler.Step(0, torch.full([1, 2], 0.25f), noise);

        end[0, 0].item<float>().ShouldBe(1 - (0.25f * scheduler.Schedule.Sigmas[0]), 1e-5f);
    }

    [Fact]
    public void A_step_writes_neither_the_sample_nor_the_velocity()
    {
        using var scope = torch.NewDisposeScope();
        var (sample, velocity) = (torch.ones(1, 3), torch.full([1, 3], 2f));
        using var scheduler = SchedulerFactory.Create(WanScheduler.UniPc, steps: 3, shift: 5);

        var second = scheduler.Step(0, velocity, sample);
        scheduler.Step(1, velocity, second);

        sample.sum().item<float>().ShouldBe(3);
        velocity.sum().item<float>().ShouldBe(6);
    }
}
