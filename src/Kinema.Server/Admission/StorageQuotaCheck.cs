using Kinema.Core.Admission;
using Kinema.Core.Storage;
using Kinema.Storage;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

internal sealed class StorageQuotaCheck(IStorageUsage usage, IOptions<StorageOptions> options) : IStorageQuota
{
    public async Task<QuotaExceeded?> CheckAsync(Guid orgId, long bytes, CancellationToken ct)
    {
        var allowed = options.Value.MaxBytesPerOrganization;
        if (allowed == 0)
            return null;

        var used = await usage.ReadAsync(orgId, ct);
        return used + Math.Max(1, bytes) > allowed ? new(used, allowed) : null;
    }
}
