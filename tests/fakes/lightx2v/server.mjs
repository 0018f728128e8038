// A fake of LightX2V's task server.
// Source: ModelTC/LightX2V @f8aee98b5462, lightx2v/server/** (routes, queue, file service; run with a stand-in runner).
//
// Faults of its own: `fail`, `truncated`. Settings: --running MS, --queue N. Control: GET /_fake/tasks, POST /_fake/restart (tasks are forgotten, files stay).
import { parts, start } from '../lib/fake.mjs';
import { video } from '../lib/video.mjs';

const settings = { running: 200, queue: 10, resolution: '832x480' };
const tasks = new Map();
const files = new Map();
const counts = { made: 0, forgotten: 0 };
// One live config: what a request sets stays for the next.
const config = { infer_steps: 5, target_video_length: 81, last_frame_path: '' };

await start({
  name: 'lightx2v',
  settings,
  handle,
  control: {
    'GET /_fake/tasks': () => [...tasks.values()].map(task => ({ id: task.id, status: statusOf(task), prompt: task.asked.prompt })),
    'GET /_fake/config': () => config,
    'GET /_fake/counts': () => counts,
    'POST /_fake/restart': () => ((counts.forgotten += [...tasks.values()].filter(task => statusOf(task) !== 'completed').length), tasks.clear(), counts),
  },
});

async function handle({ request, url, body, response, send, fault }) {
  const path = url.pathname;
  if (path === '/v1/service/health') return send(200, { status: 'ok' });
  if (path === '/v1/tasks/' && request.method === 'GET') return send(200, Object.fromEntries([...tasks.values()].map(task => [task.id, { task_id: task.id, status: statusOf(task) }])));
  if (path === '/v1/tasks/queue/status') return send(200, { is_processing: active().length > 0, current_task: active()[0]?.id ?? null, pending_count: Math.max(0, active().length - 1), active_count: active().length, queue_size: settings.queue, queue_available: settings.queue - active().length });
  // Without the slash at the end.
  if (path === '/v1/tasks/video') return send(405, { detail: 'Method Not Allowed' });
  if (request.method === 'POST' && (path === '/v1/tasks/video/' || path === '/v1/tasks/video/form')) {
    const asked = path.endsWith('form') ? Object.fromEntries(parts(request, body).map(p => [p.name, p.filename ? `file ${p.bytes.length}` : p.bytes.toString()])) : JSON.parse(body);
    if (tasks.has(asked.task_id)) return send(503, { detail: `Task ID ${asked.task_id} already exists` });
    if (active().length >= settings.queue) return send(503, { detail: `Task queue is full (max ${settings.queue} tasks)` });
    Object.assign(config, asked);
    const id = asked.task_id || `T-${tasks.size + 1}`;
    tasks.set(id, { id, at: counts.made++, begins: null, ends: Infinity, asked: { ...config }, failure: fault('fail') ? fault('fail').message ?? 'out of memory' : null, canceled: false });
    return send(200, { task_id: id, task_status: 'pending', save_result_path: `/cache/outputs/${id}.mp4` });
  }

  if (request.method === 'GET' && path.startsWith('/v1/files/download/')) {
    const id = decodeURIComponent(path.slice('/v1/files/download/'.length)).replace(/\.mp4$/, '');
    tasks.forEach(statusOf);
    if (!files.has(id)) return send(404, { detail: 'File not found' });
    const asked = files.get(id);
    const [width, height] = settings.resolution.split('x').map(Number);
    const bytes = await video({ seconds: asked.target_video_length / 16, width, height, rate: 16, silent: true });
    // Says that it takes ranges, and does not.
    response.writeHead(200, { 'content-type': 'video/mp4', 'accept-ranges': 'bytes', 'content-length': bytes.length });
    if (!fault('truncated')) return response.end(bytes);
    return response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }

  const [, , , id, verb] = path.split('/');
  const task = tasks.get(id);
  if (!task) return send(404, { detail: 'Task not found' });
  const status = statusOf(task);
  if (request.method === 'DELETE') {
    // Always a success. A task that runs is told to be cancelled, runs on, and then is completed.
    if (status === 'pending') task.canceled = true;
    if (status === 'processing') task.saidCanceled = true;
    return send(200, { stop_status: 'success', reason: 'Task stopped successfully.' });
  }
  if (verb === 'status') return send(200, { task_id: id, status, start_time: null, end_time: null, error: task.failure ?? (task.saidCanceled ? 'Task cancelled by user' : null), error_type: null, save_result_path: `/cache/outputs/${id}.mp4` });
  send(404, { detail: 'Not Found' });
}

function active() {
  return [...tasks.values()].filter(task => ['pending', 'processing'].includes(statusOf(task)));
}

function statusOf(task) {
  if (task.canceled) return 'cancelled';
  // One at a time.
  const before = [...tasks.values()].some(other => other.at < task.at && !other.canceled && Date.now() < other.ends );
  if (task.begins === null && !before) Object.assign(task, { begins: Date.now(), ends: Date.now() + settings.running });
  if (task.begins === null) return 'pending';
  if (Date.now() < task.ends) return task.saidCanceled ? 'cancelled' : 'processing';
  if (task.failure) return 'failed';
  files.set(task.id, task.asked);
  return 'completed';
}
