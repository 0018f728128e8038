// A fake of Alibaba Model Studio's DashScope, as far as wan2.7-i2v goes.
//
// Sources of the replies, by their letter:
//   [C] help.aliyun.com and alibabacloud.com, model-studio/image-to-video-general-api-reference: create, query, media combinations, limits
//   [T] alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks: states, list, cancel, 20 queries a second, 24 hours
//   [U] the same site, get-temporary-file-url: getPolicy and the form
//   [E] the same site, error-code
//   [R] reports of other clients' authors: UNKNOWN right after the submit, numbers as strings, an error inside a 200 (LiteLLM, new-api)
//
// Faults of its own: `unknown` (times queries say UNKNOWN), `strings` (numbers as strings), `error200` (code and message inside a 200), `fail` (on a
// submit: the task will fail, with code and message), `expired` (the video's address answers 403), `truncated`, `type` (another content type).
// Settings: --pending MS, --running MS, --slots N (tasks that run at once), --qps N (queries a second before 429), --video FILE.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parts, start } from '../lib/fake.mjs';
import { video } from '../lib/video.mjs';

// The last two are what others' clients know: one with the old fields, one with the new.
const models = ['wan2.7-i2v', 'wan2.7-i2v-2026-04-25', 'wan2.6-i2v', 'wan3.0-video'];
const combinations = [
  'first_frame', 'driving_audio,first_frame', 'first_frame,last_frame', 'driving_audio,first_frame,last_frame', 'first_clip', 'first_clip,last_frame',
];
const tasks = new Map();
const uploads = new Map();
let queries = [];

const settings = { pending: 50, running: 200, slots: 5, qps: 20, key: 'sk-' };
await start({
  name: 'dashscope',
  settings,
  handle,
  control: {
    'GET /_fake/tasks': () => [...tasks.values()].map(task => ({ ...task, status: statusOf(task) })),
    // A task that somebody else submitted with the same account.
    'POST /_fake/tasks': json => add({ prompt: '', duration: 5, resolution: '720P', model: 'wan2.7-i2v', ...json }),
  },
});

async function handle(context) {
  const { request, url, send, fault } = context;
  if (url.pathname.startsWith('/result/')) return download(context);
  if (url.pathname === '/oss') return receive(context);

  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  // [E]
  if (!key?.startsWith(settings.key)) return send(401, { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: randomUUID() });

  const route = `${request.method} ${url.pathname}`;
  if (route === 'POST /api/v1/services/aigc/video-generation/video-synthesis') return submit(context);
  if (route === 'GET /api/v1/uploads') return policy(context);
  if (url.pathname.startsWith('/api/v1/tasks')) {
    const now = Date.now();
    queries = queries.filter(at => now - at < 1000);
    queries.push(now);
    // [T], [E]
    if (queries.length > settings.qps) return send(429, { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded, please try again later.', request_id: randomUUID() });
    const [, , , , id, verb] = url.pathname.split('/');
    if (request.method === 'GET') return id ? query(context, id) : list(context);
    if (verb === 'cancel') return cancel(context, id);
  }
  send(404, { code: 'NotFound', message: `No static resource ${url.pathname}.`, request_id: randomUUID() });
}

function submit({ request, body, send, fault }) {
  const refuse = (status, code, message) => send(status, { code, message, request_id: randomUUID() });
  if (request.headers['x-dashscope-async'] !== 'enable') return refuse(403, 'AccessDenied', 'current user api does not support synchronous calls.');
  let asked;
  try {
    asked = JSON.parse(body);
  } catch {
    return refuse(400, 'InvalidParameter', 'Required body invalid, please check the request body format.');
  }
  if (fault('error200')) return send(200, { code: 'InternalError', message: 'An internal error has occured, please try again later or contact service support.', request_id: randomUUID() });
  if (!models.includes(asked.model)) return refuse(404, 'ModelNotFound', 'The model does not exist or you do not have access to it.');

  const { input = {}, parameters = {} } = asked;
  const media = input.media;
  let failure = fault('fail') ? { code: fault('fail').code, message: fault('fail').message } : null;
  // [R] The old fields are taken, and the task of a new model fails.
  if (!media && input.img_url) failure = asked.model.startsWith('wan2.7') ? { code: 'InvalidParameter', message: 'Field required: input.media' } : failure;
  else if (!media?.length) return refuse(400, 'InvalidParameter', 'image-to-video model must provide an image');
  else if (!combinations.includes(media.map(m => m.type).sort().join())) return refuse(400, 'InvalidParameter', 'The combination of media is not supported.');
  else if (media.some(m => m.url.startsWith('oss://')) && request.headers['x-dashscope-ossresourceresolve'] !== 'enable') failure = { code: 'InvalidParameter', message: 'url error, please check url!' };
  else if (media.some(m => m.url.startsWith('oss://') && !uploads.has(m.url))) failure = { code: 'InvalidParameter', message: 'url error, please check url!' };
  if (!['720P', '1080P', undefined].includes(parameters.resolution)) return refuse(400, 'InvalidParameter', 'resolution must be 720P or 1080P');
  if (parameters.duration !== undefined && !(Number.isInteger(parameters.duration) && parameters.duration >= 2 && parameters.duration <= 15)) return refuse(400, 'InvalidParameter', 'duration must be an integer from 2 to 15');

  const task = add({ prompt: (input.prompt ?? '').slice(0, 5000), duration: parameters.duration ?? 5, resolution: parameters.resolution ?? '1080P', model: asked.model, failure, hasClip: media?.some(m => m.type === 'first_clip') });
  // [C]
  send(200, { output: { task_status: 'PENDING', task_id: task.id }, request_id: randomUUID() });
}

function add(asked) {
  const task = { id: randomUUID(), submitted: Date.now(), started: null, canceled: false, ...asked };
  tasks.set(task.id, task);
  return task;
}

function statusOf(task) {
  if (task.canceled) return 'CANCELED';
  advance();
  if (task.started === null) return 'PENDING';
  if (Date.now() < task.started + settings.running) return 'RUNNING';
  return task.failure ? 'FAILED' : 'SUCCEEDED';
}

// Tasks start in their order, as many at once as there are slots.
function advance() {
  const now = Date.now();
  for (const task of tasks.values()) {
    if (task.started !== null || task.canceled || now < task.submitted + settings.pending) continue;
    const running = [...tasks.values()].filter(t => t.started !== null && !t.canceled && now < t.started + settings.running).length;
    if (running >= settings.slots) return;
    task.started = now;
  }
}

function query({ request, send, fault }, id) {
  const task = tasks.get(id);
  // [T], [R]
  if (!task || fault('unknown')) return send(200, { request_id: randomUUID(), output: { task_id: id, task_status: 'UNKNOWN' } });
  if (fault('error200')) return send(200, { code: 'InternalError', message: 'Internal error.', request_id: randomUUID() });
  const status = statusOf(task);
  const output = { task_id: id, task_status: status, submit_time: time(task.submitted) };
  if (task.started) output.scheduled_time = time(task.started);
  if (['SUCCEEDED', 'FAILED'].includes(status)) output.end_time = time(task.started + settings.running);
  if (status === 'FAILED') Object.assign(output, task.failure);
  if (status !== 'SUCCEEDED') return send(200, { request_id: randomUUID(), output });

  // [C]: no seed, no actual_prompt.
  output.orig_prompt = task.prompt;
  output.video_url = `http://${request.headers.host}/result/${id}.mp4?Expires=${Math.floor(Date.now() / 1000) + 86400}&OSSAccessKeyId=fake&Signature=${encodeURIComponent(signature(id))}`;
  const number = n => (fault('strings') ? String(n) : n);
  const usage = { duration: number(task.duration), input_video_duration: number(task.hasClip ? 2 : 0), output_video_duration: number(task.duration), video_count: number(1), SR: number(task.resolution === '720P' ? 720 : 1080) };
  send(200, { request_id: randomUUID(), output, usage });
}

// [T]: the newest first; times are milliseconds since 1970.
function list({ url, send }) {
  const [page, size] = [Number(url.searchParams.get('page_no') ?? 1), Math.min(100, Number(url.searchParams.get('page_size') ?? 10))];
  const [model, status] = [url.searchParams.get('model_name'), url.searchParams.get('status')];
  const all = [...tasks.values()].filter(t => (!model || t.model === model) && (!status || statusOf(t) === status)).sort((a, b) => b.submitted - a.submitted);
  send(200, {
    total: all.length,
    data: all.slice((page - 1) * size, page * size).map(t => ({
      api_key_id: '1', caller_parent_id: '1', caller_uid: '1', gmt_create: t.submitted, model_name: t.model, region: 'ap-southeast-1', request_id: randomUUID(),
      ...(t.started ? { start_time: t.started } : {}), status: statusOf(t), task_id: t.id, user_api_unique_key: `apikey:v1:aigc:video-generation:video-synthesis:${t.model}`,
    })),
    total_page: Math.ceil(all.length / size), page_no: page, request_id: randomUUID(), page_size: size,
  });
}

function cancel({ send }, id) {
  const task = tasks.get(id);
  // [T]
  if (!task || statusOf(task) !== 'PENDING') return send(400, { request_id: randomUUID(), code: 'UnsupportedOperation', message: 'Failed to cancel the task, please confirm if the task is in PENDING status.' });
  task.canceled = true;
  send(200, { request_id: randomUUID() });
}

// [U]
function policy({ request, url, send }) {
  if (!models.includes(url.searchParams.get('model'))) return send(404, { code: 'ModelNotFound', message: 'Model not exist.', request_id: randomUUID() });
  send(200, {
    request_id: randomUUID(),
    data: {
      policy: 'cG9saWN5', signature: 'c2lnbmF0dXJl', upload_dir: `dashscope-instant/fake/${randomUUID()}`, upload_host: `http://${request.headers.host}/oss`, expire_in_seconds: 300,
      max_file_size_mb: 1024, capacity_limit_mb: 999999999, oss_access_key_id: 'LTAIfake', x_oss_object_acl: 'private', x_oss_forbid_overwrite: 'true',
    },
  });
}

// [U]: OSS's own form; it reads the file as the last part.
function receive({ request, response, body }) {
  const form = parts(request, body);
  const value = name => form.find(p => p.name === name)?.bytes.toString();
  if (!value('policy') || !value('Signature') || !value('OSSAccessKeyId') || form.at(-1)?.name !== 'file') return response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code></Error>');
  uploads.set(`oss://${value('key')}`, form.at(-1).bytes.length);
  response.writeHead(Number(value('success_action_status') ?? 204)).end();
}

async function download({ url, response, fault }) {
  const id = /\/result\/(.+)\.mp4/.exec(url.pathname)?.[1];
  const task = tasks.get(id);
  // OSS checks the whole query.
  if (!task || url.searchParams.get('Signature') !== signature(id) || fault('expired')) return response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>');
  const bytes = settings.video ? await readFile(settings.video) : await video({ seconds: task.duration });
  response.writeHead(200, { 'content-type': fault('type') ? 'text/html' : 'video/mp4', 'content-length': bytes.length });
  if (!fault('truncated')) return response.end(bytes);
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

function signature(id) {
  return `${id.slice(0, 8)}+/=`;
}

function time(at) {
  return new Date(at + 8 * 3600_000).toISOString().replace('T', ' ').replace('Z', '');
}
