using System.CommandLine;
using Kinema.Cli.Output;

namespace Kinema.Cli.Keys;

/// <summary><c>kinema keys create|list|revoke</c></summary>
internal static class KeysCommand
{
    public static Command Create(Terminal terminal) =>
        new("keys", "Keys of a data folder's organisations and workers.") { CreateKey.Command(terminal), ListKeys.Command(terminal), RevokeKey.Command(terminal) };
}
