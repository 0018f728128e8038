// Makes a video with @ai-sdk/alibaba at the address given, and prints what came of it as JSON: node client.mjs URL MODEL
import { createAlibaba } from '@ai-sdk/alibaba';
import { experimental_generateVideo as generateVideo } from 'ai';

const [url, model] = process.argv.slice(2);
const alibaba = createAlibaba({ apiKey: 'sk-client', videoBaseURL: url });
try {
  const { video, warnings } = await generateVideo({
    model: alibaba.video(model),
    prompt: { image: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64'), text: 'a cat' },
    duration: 2,
    resolution: '1280x720',
    seed: 3,
    maxRetries: 2,
    providerOptions: { alibaba: { promptExtend: false, watermark: false } },
    // The provider's own pollIntervalMs is taken and not used.
    poll: { intervalMs: 200, timeoutMs: 20_000 },
    // The default refuses loopback.
    download: async ({ url }) => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`the download answers ${answer.status}`);
      return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: answer.headers.get('content-type') };
    },
  });
  console.log(JSON.stringify({ bytes: video.uint8Array.length, type: video.mediaType, warnings: warnings.length }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error.cause?.message ?? error.message) }));
}
