using Kinema.Core.Admission;
using Kinema.Core.Callbacks;
using Kinema.Outbound;

namespace Kinema.Server.Admission;

/// <summary>What the guard will refuse to send to is refused at the create. The organisation's own receiver in this server is not sent to.</summary>
internal sealed class CallbackAdmissionCheck(IOutboundUrls addresses, IOwnReceiver ownReceiver) : ICallbackAdmission
{
    public string? Refuse(Guid orgId, string callbackUrl) => ownReceiver.Is(orgId, callbackUrl) ? null : addresses.RefuseCallback(callbackUrl);
}
