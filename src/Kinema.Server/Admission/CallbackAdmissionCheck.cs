using Kinema.Core.Admission;
using Kinema.Outbound;

namespace Kinema.Server.Admission;

internal sealed class CallbackAdmissionCheck(IOutboundUrls addresses) : ICallbackAdmission
{
    public string? Refuse(string callbackUrl) => addresses.RefuseCallback(callbackUrl);
}
