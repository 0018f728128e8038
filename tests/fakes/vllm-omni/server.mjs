// A fake of vLLM-Omni's video routes.
// Source: vllm-project/vllm-omni, docs/serving/videos_api.md and vllm_omni/entrypoints/openai/api_server.py (snapshots of summer and autumn 2026).
import { serve } from '../lib/videos.mjs';

await serve({
  name: 'vllm-omni',
  id: hex => `video_gen_${hex}`,
  accepts: ['multipart/form-data'], // there is no JSON route
  early: 404,
  running: 'in_progress',
  // GET of a failed job answers with the job's own code and the job as body
  failed: { status: 500, content: 422 },
  read(form) {
    if (!form.prompt && form.prompt !== '') return { status: 422, problem: [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }] };
    for (const name of ['width', 'height', 'num_frames', 'fps']) if (form[name] !== undefined && !/^\d+$/.test(form[name])) return { status: 422, problem: [{ loc: ['body', name], msg: 'Input should be a valid integer', type: 'int_parsing' }] };
    // width or height alone is ignored; without num_frames and seconds the model makes one frame
    const both = form.width && form.height;
    return { prompt: form.prompt, width: both ? Number(form.width) : 832, height: both ? Number(form.height) : 480, num_frames: Number(form.num_frames ?? 1), fps: Number(form.fps ?? 24), hasPicture: !!form.input_reference };
  },
  present: (job, status) => ({
    id: job.id, object: 'video', model: 'Wan-AI/Wan2.2-I2V-A14B-Diffusers', prompt: job.asked.prompt, status, size: null, progress: status === 'completed' ? 100 : 0, seconds: '4', quality: 'default',
    created_at: Math.floor(job.created), completed_at: status === 'completed' ? Math.floor(job.ends / 1000) : null, remixed_from_video_id: null,
    error: status === 'failed' ? { code: 500, message: job.failure.message } : null, media_type: 'video/mp4', expires_at: null, file_name: status === 'completed' ? `${job.id}.mp4` : null,
    inference_time_s: null, stage_durations: {}, peak_memory_mb: 0.0, action: null,
  }),
  // cancels a job; 409 while it has not let go yet
  remove({ job, phase, jobs, send }) {
    if (phase === 'running' && !job.asked409) return (job.asked409 = true), send(409, { detail: 'Job is still running' });
    jobs.delete(job.id);
    send(200, { id: job.id, deleted: true, object: 'video.deleted' });
  },
});
