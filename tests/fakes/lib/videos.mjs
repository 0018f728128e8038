// What the servers with /v1/videos have in common: jobs in memory that take their time one after the other, a file for each, and a restart that forgets them.
//
// Faults of its own: `fail` (on a submit: the job will fail), `half` (content is served while the job runs), `truncated`, `type`.
// Settings: --running MS, --slots N. Control: GET /_fake/tasks, POST /_fake/restart, GET /_fake/counts (jobs made, and those that a restart forgot).
import { randomBytes } from 'node:crypto';
import { parts, start } from './fake.mjs';
import { video } from './video.mjs';

export async function serve({ name, id, accepts, read, present, running, failed, remove, early = 404 }) {
  const settings = { running: 200, slots: 1 };
  const counts = { made: 0, forgotten: 0 };
  const jobs = new Map();
  const phaseOf = job => {
    const before = [...jobs.values()].filter(other => other !== job && other.at < job.at && !other.gone && Date.now() < other.ends).length;
    if (job.begins === null && before < settings.slots) Object.assign(job, { begins: Date.now(), ends: Date.now() + settings.running });
    if (job.begins === null) return 'queued';
    return Date.now() < job.ends ? 'running' : job.failure ? 'failed' : 'completed';
  };
  const fields = ({ request, body }) => {
    if ((request.headers['content-type'] ?? '').startsWith('application/json')) return JSON.parse(body);
    return Object.fromEntries(parts(request, body).map(p => [p.name, p.filename ? { filename: p.filename, bytes: p.bytes } : p.bytes.toString()]));
  };

  await start({
    name,
    settings,
    handle,
    control: {
      'GET /_fake/tasks': () => [...jobs.values()].map(({ id, at, asked, gone }) => ({ id, at, gone, status: phaseOf(jobs.get(id)), prompt: asked.prompt })),
      'GET /_fake/counts': () => counts,
      'POST /_fake/restart': () => ((counts.forgotten += [...jobs.values()].filter(job => !job.gone).length), jobs.clear(), counts),
    },
  });

  async function handle({ request, url, body, response, send, fault }) {
    if (url.pathname === '/health') return send(200, { status: 'ok' });
    const [, , , jobId, content] = url.pathname.split('/');
    const job = jobs.get(jobId);
    if (url.pathname === '/v1/videos' && request.method === 'GET') return send(200, { object: 'list', data: [...jobs.values()].map(one => present(one, phaseOf(one))) });
    if (url.pathname === '/v1/videos' && request.method === 'POST') {
      const type = request.headers['content-type'] ?? '';
      if (!accepts.some(kind => type.startsWith(kind))) return send(422, { detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] });
      const asked = read(fields({ request, body }));
      if (asked.problem) return send(asked.status ?? 400, { detail: asked.problem });
      const made = { id: id(randomBytes(16).toString('hex')), created: Date.now() / 1000, begins: null, ends: Infinity, asked, failure: fault('fail') ? { message: fault('fail').message ?? 'CUDA out of memory' } : null };
      made.at = counts.made++;
      jobs.set(made.id, made);
      return send(200, present(made, phaseOf(made)));
    }

    if (!job || job.gone) return send(404, { detail: 'Video not found' });
    const phase = phaseOf(job);
    if (content === 'content') {
      if (phase === 'failed') return send(failed.content, { detail: job.failure.message });
      if (phase !== 'completed' && !(phase === 'running' && fault('half'))) return send(early, { detail: "Generation is still in-progress" });
      const bytes = await video({ seconds: job.asked.num_frames / job.asked.fps, width: job.asked.width, height: job.asked.height, rate: job.asked.fps, silent: true });
      response.writeHead(200, { 'content-type': fault('type') ? 'text/html' : 'video/mp4', 'content-length': bytes.length });
      if (!fault('truncated')) return response.end(phase === 'completed' ? bytes : bytes.subarray(0, bytes.length / 2));
      return response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    }

    if (request.method === 'DELETE') return remove({ job, phase, jobs, send, present });
    if (phase === 'failed') return send(failed.status, present(job, 'failed'));
    send(200, present(job, phase === 'running' ? running : phase));
  }
}
