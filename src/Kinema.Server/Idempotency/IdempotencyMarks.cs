namespace Kinema.Server.Idempotency;

/// <summary>Marks routes that ignore <c>Idempotency-Key</c>: they show a secret once, which must not be stored, or store nothing.</summary>
internal sealed class WithoutIdempotency;

/// <summary>Marks routes that read the body themselves and give it to the <see cref="KeyedRequest"/>.</summary>
internal sealed class ReadsKeyedBody;

/// <summary>Marks routes whose answers hold the exact bytes of something signed, which a newly signed URL would change.</summary>
internal sealed class StoresBodyAsIs;
