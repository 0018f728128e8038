using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Kinema.Cli.Output;
using Kinema.Server.Workers.Child;

namespace Kinema.Cli;

/// <summary>Creates the root command with all commands.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Kinema: a self-hosted image-to-video run server.")
        {
            CommonOptions.Json(),
            CommonOptions.Verbose(),
            Serve.ServeCommand.Create(terminal),
            Runs.RunCommand.Create(terminal),
            Models.ModelsCommand.Create(terminal),
            Orgs.OrgsCommand.Create(terminal),
            Keys.KeysCommand.Create(terminal),
            Workers.WorkersCommand.Create(terminal),
            Secrets.SecretsCommand.Create(terminal),
            Callbacks.CallbacksCommand.Create(terminal),
            Certificates.CertificateCommand.Create(terminal),
            Backup.BackupCommand.Create(terminal),
            Backup.RestoreCommand.Create(terminal),
            Move.MoveCommand.Create(terminal),
            Listen.ListenCommand.Create(terminal),
            Motion.MotionCommand.Create(terminal),
            Wan.WanCommand.Create(),
            Workers.WorkerCommand.Create(terminal),
            Safety.SafetyCommand.Create(terminal),
            Doctor.DoctorCommand.Create(terminal),
            Demo.DemoCommand.Create(terminal),
        };

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((SynchronousCommandLineAction)help.Action!, root);
        return root;
    }

    /// <summary>Adds exit codes and environment variables to the help of the root command.</summary>
    private sealed class HelpWithExitCodes(SynchronousCommandLineAction inner, RootCommand root) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            if (parseResult.CommandResult.Command != root)
                return code;

            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Exit codes:");
            foreach (var (number, meaning) in ExitCodes.All)
                output.WriteLine($"  {number,-4} {meaning}");
            output.WriteLine();
            output.WriteLine("Environment:");
            output.WriteLine($"  {CommonOptions.DataVariable,-14} data folder where --data is not given");
            output.WriteLine($"  {CommonOptions.ServerVariable,-14} server where --server is not given");
            output.WriteLine($"  {CommonOptions.KeyVariable,-14} key where --key is not given");
            output.WriteLine($"  {WanProgram.Variable,-14} kinema-wan where it is not beside this program");
            return code;
        }
    }
}
