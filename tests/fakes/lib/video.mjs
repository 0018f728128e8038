// Small videos, with sound unless they are silent, made once each by ffmpeg.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const made = new Map();

export function video({ seconds, width = 320, height = 180, rate = 30, silent = false }) {
  const key = [seconds, width, height, rate, silent].join();
  if (!made.has(key)) made.set(key, make(seconds, width, height, rate, silent));
  return made.get(key);
}

async function make(seconds, width, height, rate, silent) {
  const file = join(await mkdtemp(join(tmpdir(), 'fake-video-')), 'video.mp4');
  await promisify(execFile)('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${rate}`,
    ...(silent ? [] : ['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000']),
    '-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart', file]);
  return readFile(file);
}
