namespace Kinema.Playground.Settings.Tester;

/// <summary>Receivers that verify a callback, in the languages of the documentation. Each reads the secret from KINEMA_CALLBACK_SECRET.</summary>
internal static class ReceiverCode
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } = [("Python", Python), ("Node", Node), ("C#", CSharp), ("Shell", Shell)];

    private const string Python = """
        import base64, hashlib, hmac, os, time

        def genuine(body: bytes, headers) -> bool:
            key = base64.b64decode(os.environ["KINEMA_CALLBACK_SECRET"].removeprefix("whsec_"))
            sent = headers["webhook-timestamp"]
            if abs(time.time() - int(sent)) > 300:
                return False
            signed = f'{headers["webhook-id"]}.{sent}.'.encode() + body
            expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            return any(hmac.compare_digest(expected, one) for one in headers["webhook-signature"].split(" "))
        """;

    private const string Node = """
        import { createHmac, timingSafeEqual } from "node:crypto";

        export function genuine(body, headers) { // body: the Buffer as it came
          const key = Buffer.from(process.env.KINEMA_CALLBACK_SECRET.replace(/^whsec_/, ""), "base64");
          const sent = headers["webhook-timestamp"];
          if (!(Math.abs(Date.now() / 1000 - Number(sent)) <= 300)) return false;
          const signed = Buffer.concat([Buffer.from(`${headers["webhook-id"]}.${sent}.`), body]);
          const expected = Buffer.from("v1," + createHmac("sha256", key).update(signed).digest("base64"));
          return headers["webhook-signature"].split(" ").map((one) => Buffer.from(one))
            .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
        }
        """;

    private const string CSharp = """
        using Kinema.Client;

        var verifier = new CallbackVerifier([Environment.GetEnvironmentVariable("KINEMA_CALLBACK_SECRET")!]);
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return verifier.TryRead(body.ToArray(), name => request.Headers[name], out var callback)
                ? Accept(callback)
                : Results.Unauthorized();
        });
        """;

    private const string Shell = """
        # body.json has the bytes as they came; the other two are headers of the request.
        key=$(printf %s "${KINEMA_CALLBACK_SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \n')
        { printf %s "$WEBHOOK_ID.$WEBHOOK_TIMESTAMP."; cat body.json; } |
          openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64   # follows v1, in webhook-signature
        """;
}
