// Verifies one callback three ways, as its receivers do: the page's own check of Runflow-Signature, and the packages "standardwebhooks" and "svix".
// stdin: {"secret", "headers": {...}, "body": "<base64 of the raw body>"}; stdout: {"page": true|false, "standard": true|false, "svix": true|false}
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
const raw = Buffer.from(body, "base64");

function pageAccepts() {
  const given = headers["runflow-signature"] ?? "";
  if (!/^[0-9a-f]{64}$/.test(given)) return false;
  const expected = createHmac("sha256", secret).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}

function accepts(Verifier) {
  try {
    new Verifier(secret).verify(raw.toString("utf8"), headers);
    return true;
  } catch {
    return false;
  }
}

console.log(JSON.stringify({ page: pageAccepts(), standard: accepts(Webhook), svix: accepts(SvixWebhook) }));
