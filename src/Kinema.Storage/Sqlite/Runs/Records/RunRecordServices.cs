using Kinema.Core.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Storage.Sqlite.Runs.Records;

/// <summary>What callers read of a run beside its row, and how they rate and erase it.</summary>
internal static class RunRecordServices
{
    public static IServiceCollection AddRunRecords(this IServiceCollection services) => services
        .AddSingleton<IRunErasure, SqliteRunErasure>()
        .AddSingleton<IRunHistory, SqliteRunHistory>()
        .AddSingleton<IRunFeedback, SqliteRunFeedback>()
        .AddSingleton<IRunStatistics, SqliteRunStatistics>()
        .AddSingleton<IRunPreviews, SqliteRunPreviews>()
        .AddSingleton<IRunForecasts, SqliteRunForecasts>();
}
