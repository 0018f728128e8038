// Tries a fake with /v1/videos with the npm package "openai", whose calls are not ours: node try-openai.mjs URL PICTURE. Prints what came back as JSON.
import { createReadStream } from 'node:fs';
import OpenAI from 'openai';

const [url, picture] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${url.replace(/\/$/, '')}/v1`, apiKey: 'none', maxRetries: 0 });
const seen = { statuses: [] };

const created = await client.videos.create({ prompt: 'a cat', size: '832x480', seconds: '1', input_reference: createReadStream(picture) });
seen.early = await client.videos.downloadContent(created.id).then(() => null, error => error.status);
let video;
do {
  await new Promise(resolve => setTimeout(resolve, 50));
  video = await client.videos.retrieve(created.id);
  if (seen.statuses.at(-1) !== video.status) seen.statuses.push(video.status);
} while (!['completed', 'failed'].includes(video.status));
const content = await client.videos.downloadContent(created.id);
seen.content = content.headers.get('content-type');
seen.listed = (await client.videos.list()).data.map(one => one.id === created.id);
seen.deleted = await client.videos.delete(created.id).then(reply => reply.status ?? reply.object);
seen.gone = await client.videos.retrieve(created.id).then(() => null, error => error.status);
console.log(JSON.stringify(seen));
