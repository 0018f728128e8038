using Kinema.Core.Admission;
using Kinema.Outbound;

namespace Kinema.Server.Admission;

internal sealed class AdmitCallback(IOutboundUrls addresses) : ICallbackAdmission
{
    public string? Refuse(string callbackUrl) => addresses.RefuseCallback(callbackUrl);
}
