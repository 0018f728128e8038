using System.Text;
using Kinema.Core.Artifacts;
using Kinema.Core.Idempotency;
using Kinema.Server.Files;
using Kinema.Server.Requests;

namespace Kinema.Server.Idempotency;

/// <summary>
/// Takes signed URLs out of an answer before it is stored, and puts new ones in when it is replayed: a stored one would be a secret at rest, and
/// would have expired. Their places are kept beside the answer, so that nothing in a caller's text can be taken for one.
/// </summary>
internal sealed class StoredUrls(ISignedUrls urls, ServerAddress address)
{
    public (byte[] Body, IReadOnlyList<SignedPlace> Places) TakeOut(Guid orgId, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> root = Encoding.UTF8.GetBytes($"\"{address.Base}{SignedUrls.Root}");
        var places = new List<SignedPlace>();
        var rest = new List<byte>(body.Length);
        while (body.IndexOf(root) is >= 0 and var before)
        {
            var start = before + 1;
            var length = body[start..].IndexOf((byte)'"');
            if (length < 0)
                break;

            rest.AddRange(body[..start]);
            if (Read(orgId, Encoding.UTF8.GetString(body.Slice(start, length))) is (var kind, var key))
                places.Add(new(rest.Count, kind, key));
            else
                rest.AddRange(body.Slice(start, length));
            body = body[(start + length)..];
        }

        rest.AddRange(body);
        return ([.. rest], places);
    }

    public ReadOnlyMemory<byte> Insert(Guid orgId, ReadOnlyMemory<byte> body, IReadOnlyList<SignedPlace> places)
    {
        if (places.Count == 0)
            return body;

        using var whole = new MemoryStream(body.Length + (places.Count * 256));
        var done = 0;
        foreach (var place in places)
        {
            whole.Write(body.Span[done..place.Offset]);
            whole.Write(Encoding.UTF8.GetBytes(Sign(orgId, place)));
            done = place.Offset;
        }

        whole.Write(body.Span[done..]);
        return whole.ToArray();
    }

    private (string Kind, string Key)? Read(Guid orgId, string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        ? urls.Resolve(parsed) switch
        {
            SignedTarget.Upload target when target.OrgId == orgId => (SignedUrls.UploadKind, target.AssetId.ToString()),
            SignedTarget.Asset target when target.OrgId == orgId => (SignedUrls.AssetKind, target.AssetId.ToString()),
            SignedTarget.Artifact target when target.OrgId == orgId => (SignedUrls.ArtifactKind, target.Key),
            _ => null,
        }
        : null;

    private string Sign(Guid orgId, SignedPlace place) => (place.Kind switch
    {
        SignedUrls.UploadKind => urls.ForUpload(orgId, Guid.Parse(place.Key)),
        SignedUrls.AssetKind => urls.ForAsset(orgId, Guid.Parse(place.Key)),
        _ => urls.ForArtifact(orgId, place.Key),
    }).AbsoluteUri;
}
