// Makes, lists, reads and deletes videos with the npm package "openai", as a program for OpenAI's video API does; only baseURL and apiKey are Kinema's.
// stdin: {"baseURL", "apiKey", "picture": path, "pictureURL", "model"}; stdout: JSON of what came back
import { createReadStream, readFileSync } from "node:fs";
import OpenAI from "openai";

const { baseURL, apiKey, picture, pictureURL, model } = JSON.parse(readFileSync(0, "utf8"));
const client = new OpenAI({ baseURL, apiKey });
const seen = {};

async function finished(id) {
  for (;;) {
    const video = await client.videos.retrieve(id);
    if (video.status === "completed" || video.status === "failed") return video;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function refused(call) {
  try {
    await call();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status, code: error.code, type: error.type, param: error.param, message: error.message };
  }
}

seen.created = await client.videos.create({ model, prompt: "a cat looks up", seconds: "4", size: "1280x720", input_reference: createReadStream(picture), extra_body: { seed: 7 } });
seen.finished = await finished(seen.created.id);
const content = await client.videos.downloadContent(seen.created.id);
seen.content = { type: content.headers.get("content-type"), bytes: (await content.arrayBuffer()).byteLength };
const thumbnail = await client.videos.downloadContent(seen.created.id, { variant: "thumbnail" });
seen.thumbnail = { type: thumbnail.headers.get("content-type"), bytes: (await thumbnail.arrayBuffer()).byteLength };

seen.second = await client.videos.create({ model, prompt: "a dog", seconds: "4", input_reference: { image_url: pictureURL } });
await finished(seen.second.id);
const page = await client.videos.list({ limit: 1 });
seen.page = { ids: page.data.map(video => video.id), hasMore: page.has_more };
seen.listed = [];
for await (const video of client.videos.list({ limit: 1, order: "asc" })) seen.listed.push(video.id);

seen.wrongSize = await refused(() => client.videos.create({ model, prompt: "x", size: "1024x1792", input_reference: createReadStream(picture) }));
seen.wrongSeconds = await refused(() => client.videos.create({ model, prompt: "x", seconds: "99", input_reference: createReadStream(picture) }));
seen.unknownModel = await refused(() => client.videos.create({ model: "sora-2", prompt: "x" }));
seen.wrongKey = await refused(() => new OpenAI({ baseURL, apiKey: "rf_live_wrong" }).videos.list());
seen.spritesheet = await refused(() => client.videos.downloadContent(seen.created.id, { variant: "spritesheet" }));
seen.remix = await refused(() => client.videos.remix(seen.created.id, { prompt: "x" }));

seen.deleted = await client.videos.delete(seen.created.id);
seen.gone = await refused(() => client.videos.retrieve(seen.created.id));
console.log(JSON.stringify(seen));
