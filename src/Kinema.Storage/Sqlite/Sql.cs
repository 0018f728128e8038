namespace Kinema.Storage.Sqlite;

/// <summary>All SQL statements, loaded from <c>Sql/</c>; a missing file fails at first use.</summary>
internal static class Sql
{
    public static readonly string AddArtifact = Load("add-artifact");
    public static readonly string AddAsset = Load("add-asset");
    public static readonly string AddAttempt = Load("add-attempt");
    public static readonly string AddDelivery = Load("add-delivery");
    public static readonly string AddDeliveryAttempt = Load("add-delivery-attempt");
    public static readonly string AddEvent = Load("add-event");
    public static readonly string AddInstance = Load("add-instance");
    public static readonly string AddKey = Load("add-key");
    public static readonly string AddLedgerLine = Load("add-ledger-line");
    public static readonly string AddOrg = Load("add-org");
    public static readonly string AddSecret = Load("add-secret");
    public static readonly string AdmitRun = Load("admit-run");
    public static readonly string AdvanceRun = Load("advance-run");
    public static readonly string CheckQueue = Load("check-queue");
    public static readonly string ClaimDelivery = Load("claim-delivery");
    public static readonly string ClaimRun = Load("claim-run");
    public static readonly string ClearCurrentSecret = Load("clear-current-secret");
    public static readonly string ConfirmAsset = Load("confirm-asset");
    public static readonly string CountWaiting = Load("count-waiting");
    public static readonly string DeleteAsset = Load("delete-asset");
    public static readonly string DeleteSecret = Load("delete-secret");
    public static readonly string EndAttempt = Load("end-attempt");
    public static readonly string EndRun = Load("end-run");
    public static readonly string ExtendLease = Load("extend-lease");
    public static readonly string FindAsset = Load("find-asset");
    public static readonly string FindAssetUser = Load("find-asset-user");
    public static readonly string FindDelivery = Load("find-delivery");
    public static readonly string FindDeliveryInFlight = Load("find-delivery-in-flight");
    public static readonly string FindExpiredLeases = Load("find-expired-leases");
    public static readonly string FindExpiredOutputs = Load("find-expired-outputs");
    public static readonly string FindForgottenArtifacts = Load("find-forgotten-artifacts");
    public static readonly string FindForgottenContents = Load("find-forgotten-contents");
    public static readonly string FindHeldRun = Load("find-held-run");
    public static readonly string FindKey = Load("find-key");
    public static readonly string FindLastCheckpoint = Load("find-last-checkpoint");
    public static readonly string FindLeasesOfOthers = Load("find-leases-of-others");
    public static readonly string FindNextDelivery = Load("find-next-delivery");
    public static readonly string FindNextRun = Load("find-next-run");
    public static readonly string FindOrg = Load("find-org");
    public static readonly string FindOverdue = Load("find-overdue");
    public static readonly string FindRun = Load("find-run");
    public static readonly string FindRunById = Load("find-run-by-id");
    public static readonly string FindSecret = Load("find-secret");
    public static readonly string ForgetArtifacts = Load("forget-artifacts");
    public static readonly string ForgetAssets = Load("forget-assets");
    public static readonly string ForgetInputs = Load("forget-inputs");
    public static readonly string ForgetOutput = Load("forget-output");
    public static readonly string ForgetPredecessors = Load("forget-predecessors");
    public static readonly string IsContentNamed = Load("is-content-named");
    public static readonly string LabelSecret = Load("label-secret");
    public static readonly string ListDeliveries = Load("list-deliveries");
    public static readonly string ListDeliveryAttempts = Load("list-delivery-attempts");
    public static readonly string ListInputs = Load("list-inputs");
    public static readonly string ListKeys = Load("list-keys");
    public static readonly string ListLiveSecrets = Load("list-live-secrets");
    public static readonly string ListOrgs = Load("list-orgs");
    public static readonly string ListOrgsWithDeliveries = Load("list-orgs-with-deliveries");
    public static readonly string ListOrgsWithQueuedRuns = Load("list-orgs-with-queued-runs");
    public static readonly string ListSecrets = Load("list-secrets");
    public static readonly string MakeSecretCurrent = Load("make-secret-current");
    public static readonly string NewestOtherSecret = Load("newest-other-secret");
    public static readonly string PrepareQueueCounts = Load("prepare-queue-counts");
    public static readonly string PutInput = Load("put-input");
    public static readonly string ReadActiveAttempts = Load("read-active-attempts");
    public static readonly string ReadEvents = Load("read-events");
    public static readonly string ReadLedger = Load("read-ledger");
    public static readonly string ReadLiveArtifactKeys = Load("read-live-artifact-keys");
    public static readonly string ReadLiveContents = Load("read-live-contents");
    public static readonly string ReadQueueDepth = Load("read-queue-depth");
    public static readonly string ReadStorageUsage = Load("read-storage-usage");
    public static readonly string ReadStoreLifetime = Load("read-store-lifetime");
    public static readonly string ReadUnfinishedInputs = Load("read-unfinished-inputs");
    public static readonly string ReadWorkers = Load("read-workers");
    public static readonly string RebuildQueueCounts = Load("rebuild-queue-counts");
    public static readonly string RecordDelivery = Load("record-delivery");
    public static readonly string RegisterWorker = Load("register-worker");
    public static readonly string RequestCancel = Load("request-cancel");
    public static readonly string RequeueRun = Load("requeue-run");
    public static readonly string RevokeKey = Load("revoke-key");
    public static readonly string RunExists = Load("run-exists");
    public static readonly string SetAssetContent = Load("set-asset-content");
    public static readonly string SetCheckpoint = Load("set-checkpoint");
    public static readonly string SlugExists = Load("slug-exists");
    public static readonly string StartSteadyTime = Load("start-steady-time");
    public static readonly string TakeTurn = Load("take-turn");
    public static readonly string TouchKey = Load("touch-key");
    public static readonly string TouchSecrets = Load("touch-secrets");
    public static readonly string UnlockDeliveriesOfOthers = Load("unlock-deliveries-of-others");

    private static string Load(string name)
    {
        using var resource = typeof(Sql).Assembly.GetManifestResourceStream(name + ".sql")
            ?? throw new InvalidOperationException($"The statement '{name}' is not embedded.");
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
