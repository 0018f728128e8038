using System.Globalization;
using Kinema.Wan.Schedulers;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Schedulers;

public sealed class SchedulerGoldenTests
{
    private const double SigmaTolerance = 1e-7;
    private const double TrajectoryTolerance = 1e-5;

    public static TheoryData<string> Tables => FixtureFolder.Matching("*_tables.safetensors");

    public static TheoryData<string> Trajectories => FixtureFolder.Matching("*_trajectories.safetensors");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Tables))]
    public void Sigmas_and_timesteps_are_the_reference_s(string file)
    {
        using var expected = FixtureFolder.Expected(file);
        foreach (var name in expected.Names.Where(name => name.StartsWith("sigmas_", StringComparison.Ordinal)))
        {
            var table = name["sigmas_".Length..];
            using var scheduler = Create(file, table);
            Compare.Close(torch.tensor(scheduler.Schedule.Sigmas.ToArray()), expected[name], SigmaTolerance, $"{file} {name}");
            Compare.Equal(torch.tensor(scheduler.Schedule.Timesteps.ToArray()), expected[$"timesteps_{table}"], $"{file} timesteps_{table}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Trajectories))]
    public void The_same_model_outputs_give_the_reference_s_trajectory(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = FixtureFolder.Expected(file);
        foreach (var table in expected.Cases(".samples"))
        {
            var steps = table[table.IndexOf("steps", StringComparison.Ordinal)..];
            using var scheduler = Create(file, table);
            var sample = expected[$"{steps}.initial_sample"];
            for (var i = 0; i < scheduler.Schedule.Steps; i++)
            {
                sample = scheduler.Step(i, expected[$"{steps}.model_outputs"][i], sample);
                Compare.Close(sample, expected[$"{table}.samples"][i], TrajectoryTolerance, $"{file} {table} step {i}");
            }
        }
    }

    /// <summary>The file's name says which scheduler, the table's (<c>shift5_steps10</c>) how it is set.</summary>
    private static IScheduler Create(string file, string table)
    {
        var parts = table.Split('_');
        var shift = double.Parse(parts[0]["shift".Length..], CultureInfo.InvariantCulture);
        var steps = int.Parse(parts[1]["steps".Length..], CultureInfo.InvariantCulture);
        return SchedulerFactory.Create(file.Contains("unipc", StringComparison.Ordinal) ? WanScheduler.UniPc : WanScheduler.FlowMatchEuler, steps, shift);
    }
}
