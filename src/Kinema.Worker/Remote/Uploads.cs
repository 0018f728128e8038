using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Remote;

/// <summary>
/// Receives the files of an attempt in parts, into its scratch folder: nothing reaches them before the attempt ends. Names are those of
/// <see cref="OutputFiles.Names"/>; the worker chooses no path and no key.
/// </summary>
internal sealed class Uploads(HeldRuns held, DeliveriesUnderWay deliveries, IArtifactStore artifacts)
{
    /// <summary>Longest file, bytes: far above an hour of 1080p.</summary>
    public const long MaxBytes = 4L << 30;

    private const int BufferBytes = 1 << 17;

    /// <summary>Path of an upload within the scratch folder.</summary>
    public static string PathOf(string scratch, string name) => Path.Combine(scratch, "upload-" + name);

    /// <returns>How much of the file is here; null if the worker does not hold the run.</returns>
    public async Task<long?> MeasureAsync(AttemptRef attempt, string name, CancellationToken ct) =>
        await held.FindAsync(attempt, ct) is null ? null : LengthOf(FileFor(attempt, name));

    /// <summary>Appends a part at its offset.</summary>
    public async Task<UploadResult> ReceiveAsync(AttemptRef attempt, string name, long offset, Stream part, CancellationToken ct)
    {
        if (await held.FindAsync(attempt, ct) is null)
            return new(UploadOutcome.NotHeld, 0);

        var path = FileFor(attempt, name);
        FileStream file;
        try
        {
            // Alone: a part whose connection is dead may still be written.
            file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        }
        catch (IOException)
        {
            return new(UploadOutcome.WrongOffset, LengthOf(path));
        }

        await using (file)
        {
            // Asked while the file is ours alone: a delivery that begins now finds it taken.
            if (file.Length != offset || deliveries.Contains(attempt))
                return new(UploadOutcome.WrongOffset, file.Length);

            file.Position = offset;
            var outcome = await CopyAsync(part, file, ct);
            await file.FlushAsync(CancellationToken.None);
            return new(outcome, file.Length);
        }
    }

    /// <summary>What came before a connection broke is kept: the next part begins behind it.</summary>
    private static async Task<UploadOutcome> CopyAsync(Stream part, FileStream file, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        while (await part.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (file.Position + count > MaxBytes)
                return UploadOutcome.TooLong;

            try
            {
                await file.WriteAsync(buffer.AsMemory(0, count), ct);
            }
            catch (IOException e) when (StorageFullException.IsCause(e))
            {
                throw new StorageFullException("An upload could not be written.", e);
            }
        }

        return UploadOutcome.Received;
    }

    private string FileFor(AttemptRef attempt, string name) => PathOf(artifacts.CreateScratch(attempt.RunId, attempt.Fence), name);

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}

internal enum UploadOutcome
{
    Received,

    /// <summary>The worker does not hold the run.</summary>
    NotHeld,

    /// <summary>The part does not begin where the file ends.</summary>
    WrongOffset,

    TooLong,
}

/// <param name="Outcome">What became of the part.</param>
/// <param name="Length">Bytes of the file that are here.</param>
internal sealed record UploadResult(UploadOutcome Outcome, long Length);
