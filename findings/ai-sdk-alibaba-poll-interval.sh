#!/usr/bin/env bash
# npm @ai-sdk/alibaba 2.0.58 (with ai 7.0.173): the provider's options pollIntervalMs and pollTimeoutMs are accepted and not used.
#
# Both stand in the schema of the provider's video options, so TypeScript and zod take them. The provider has doStart and doStatus, and generateVideo of `ai` then polls
# itself, by its own option `poll` or every 5 s. A video that is ready after 0.2 s is seen after 5 s, with pollIntervalMs 100 as without; with poll.intervalMs 100
# at once. Seen with Node 20 on Linux. Fails once the option is used.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel error @ai-sdk/alibaba@2.0.58 ai@7.0.173

cat >seen.js <<'JS'
import http from 'node:http';
import { createAlibaba } from '@ai-sdk/alibaba';
import { experimental_generateVideo as generateVideo } from 'ai';

// The service, as far as this needs it.
const server = http.createServer((request, response) => {
  request.resume().on('end', () => {
    const output = request.method === 'POST'
      ? { task_id: 't', task_status: 'PENDING' }
      : { task_id: 't', task_status: 'SUCCEEDED', video_url: 'https://videos.example.com/v.mp4' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ request_id: 'r', output }));
  });
}).listen(0, '127.0.0.1', async () => {
  const alibaba = createAlibaba({ apiKey: 'sk-x', videoBaseURL: `http://127.0.0.1:${server.address().port}` });
  for (const [name, options] of [
    ['nothing', {}],
    ['pollIntervalMs 100', { providerOptions: { alibaba: { pollIntervalMs: 100 } } }],
    ['poll.intervalMs 100', { poll: { intervalMs: 100 } }],
  ]) {
    const began = Date.now();
    await generateVideo({
      model: alibaba.video('wan2.6-t2v'), prompt: 'a cat', ...options,
      download: async () => ({ data: new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]), mediaType: 'video/mp4' }),
    });
    console.log(`${name}: ${Date.now() - began < 2500 ? 'at once' : 'after 5 s'}`);
  }
  server.close();
  process.exit(0);
});
JS

seen=$(node seen.js)
echo "$seen"
[ "$seen" = "nothing: after 5 s
pollIntervalMs 100: after 5 s
poll.intervalMs 100: at once" ]
