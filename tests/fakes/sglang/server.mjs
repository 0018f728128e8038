// A fake of SGLang-Diffusion's video routes.
// Source: sgl-project/sglang, python/sglang/multimodal_gen/runtime/entrypoints/openai/{video_api,protocol,utils}.py (autumn 2026).
import { serve } from '../lib/videos.mjs';

await serve({
  name: 'sglang',
  id: hex => hex,
  accepts: ['multipart/form-data', 'application/json'],
  running: 'queued', // there is no "in_progress"
  failed: { status: 200, content: 404 },
  read(asked) {
    if (!asked.prompt && asked.prompt !== '') return { problem: 'prompt is required' };
    if (!asked.input_reference && !asked.reference_url) return { problem: 'input_reference or reference_url is required for image-to-video models' };
    const fps = Number(asked.fps ?? 24); // the model's own 16 is not used
    const size = /^(\d+)x(\d+)$/.exec(asked.size ?? '832x480');
    if (!size) return { problem: `Invalid size: ${asked.size}` };
    return { prompt: asked.prompt, width: Number(size[1]), height: Number(size[2]), fps, num_frames: Number(asked.num_frames ?? fps * Number(asked.seconds ?? 4)), hasPicture: true };
  },
  present: (job, status) => ({
    id: job.id, object: 'video', model: 'Wan-AI/Wan2.2-I2V-A14B-Diffusers', status, progress: status === 'completed' ? 100 : 0, created_at: Math.floor(job.created),
    size: `${job.asked.width}x${job.asked.height}`, seconds: String(Math.round(job.asked.num_frames / job.asked.fps)), quality: 'standard', url: null, remixed_from_video_id: null,
    completed_at: status === 'completed' ? Math.floor(job.ends / 1000) : null, expires_at: null, error: status === 'failed' ? { message: job.failure.message } : null,
    file_path: status === 'completed' ? `/outputs/${job.id}.mp4` : null, num_outputs: 1,
  }),
  // only forgets the record; the GPU goes on
  remove({ job, send, present }) {
    job.gone = true;
    send(200, { ...present(job, 'deleted') });
  },
});
