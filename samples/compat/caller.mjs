// Turns a picture into a video: upload, run, poll, callback, verify, list. Node.js 20, no packages.
// Usage: node caller.mjs PICTURE, with RUNFLOW_BASE_URL, RUNFLOW_API_KEY and RUNFLOW_WEBHOOK_SECRET in the environment.
import assert from "node:assert/strict";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const { RUNFLOW_BASE_URL, RUNFLOW_API_KEY, RUNFLOW_WEBHOOK_SECRET } = process.env;
const model = "alibaba/wan/v2.7/image-to-video";
const types = { ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp" };

async function call(method, path, body) {
  const response = await fetch(RUNFLOW_BASE_URL.replace(/\/$/, "") + path, {
    method,
    headers: { Authorization: `Bearer ${RUNFLOW_API_KEY}`, "Content-Type": "application/json", Accept: "application/json" },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.code}: ${answer.message}`);
  return [response.status, answer];
}

async function upload(path) {
  const content = await readFile(path);
  const mimeType = types[extname(path).toLowerCase()];
  const [announced, slot] = await call("POST", "/v1/asset-uploads", { filename: basename(path), mime_type: mimeType, size_bytes: content.length });
  assert.equal(announced, 201);
  const put = await fetch(slot.upload_url, { method: "PUT", headers: { "Content-Type": mimeType }, body: content });
  assert.ok(put.ok);
  const [confirmed, asset] = await call("POST", `/v1/asset-uploads/${slot.asset_id}/confirmations`, { folder_id: null });
  assert.equal(confirmed, 201);
  return asset;
}

async function poll(id) {
  for (;;) {
    const [, run] = await call("GET", `/v1/runs/${id}?add_signature=true`);
    if (["succeeded", "failed", "canceled"].includes(run.status_code)) return run;
    await sleep(1000);
  }
}

const isGenuine = (body, signature) => /^[0-9a-f]{64}$/.test(signature)
  && timingSafeEqual(createHmac("sha256", RUNFLOW_WEBHOOK_SECRET).update(body).digest(), Buffer.from(signature, "hex"));

// In production this is a route of your web application.
function receive() {
  let arrive;
  const arrived = new Promise(resolve => { arrive = resolve; });
  const receiver = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end();
    arrive({ body: Buffer.concat(chunks), signature: request.headers["runflow-signature"] ?? "" });
  });
  return new Promise(resolve => receiver.listen(0, "127.0.0.1", () => resolve({ receiver, arrived })));
}

const { receiver, arrived } = await receive();
const asset = await upload(process.argv[2]);
console.log("uploaded", asset.id, asset.mime_type, asset.size_bytes);

const reference = `order-${randomUUID()}`;
const [status, created] = await call("POST", `/v1/models/${model.split("/").map(encodeURIComponent).join("/")}/runs`, {
  input: { image_url: `runflow://assets/${asset.id}`, prompt: "slow push in", duration: 2, resolution: "720p" },
  callback_url: `http://127.0.0.1:${receiver.address().port}/runflow`,
  metadata: { order: 42 },
  client_ref: reference,
});
assert.equal(status, 201);
assert.equal(created.status_code, "queued");
console.log("created", created.id);

const run = await poll(created.id);
console.log("ended", run.status_code, run.error?.message ?? run.cost);
const video = await (await fetch(run.output.outputs[0].url)).arrayBuffer();
console.log("downloaded", video.byteLength);

const { body, signature } = await arrived;
const callback = JSON.parse(body);
console.log("callback", callback.event, callback.run_id === run.id, isGenuine(body, signature), isGenuine(Buffer.concat([body, Buffer.from(" ")]), signature));

const query = new URLSearchParams({ q: `client_ref.EQ:'${reference}'`, fields: "id,status_code", sort_by: "created_at:asc", limit: 100 });
console.log("listed", JSON.stringify((await call("GET", `/v1/runs?${query}`))[1].items));
receiver.close();
