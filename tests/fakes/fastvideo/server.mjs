// A fake of FastVideo's video routes.
// Source: hao-ai-lab/FastVideo @2f3d4074064e, fastvideo/entrypoints/openai/{video_api,protocol,utils,common_api}.py.
import { serve } from '../lib/videos.mjs';

await serve({
  name: 'fastvideo',
  id: hex => hex,
  accepts: ['multipart/form-data', 'application/json'],
  running: 'queued', // stays so while it runs
  failed: { status: 200, content: 500 },
  read(asked) {
    if (!asked.prompt && asked.prompt !== '') return { problem: 'Invalid request body: prompt' };
    // input_reference in JSON is a path of the server
    if (typeof asked.input_reference === 'string') return { problem: `No such file: ${asked.input_reference}` };
    const size = /^(\d+)x(\d+)$/.exec(asked.size ?? '832x480');
    return { prompt: asked.prompt, width: Number(size[1]), height: Number(size[2]), fps: Number(asked.fps ?? 24), num_frames: Number(asked.num_frames ?? 96), hasPicture: !!asked.reference_url };
  },
  present: (job, status) => ({
    id: job.id, object: 'video', model: '/models/wan', status, progress: status === 'completed' ? 100 : 0, created_at: Math.floor(job.created), size: `${job.asked.width}x${job.asked.height}`, seconds: '0',
    quality: 'standard', url: null, file_path: `outputs/${job.id}.mp4`, completed_at: status === 'completed' ? Math.floor(job.ends / 1000) : null, error: status === 'failed' ? { message: job.failure.message } : null,
    peak_memory_mb: null, inference_time_s: null,
  }),
  remove({ job, send, present }) {
    job.gone = true;
    send(200, { ...present(job, 'deleted') });
  },
});
