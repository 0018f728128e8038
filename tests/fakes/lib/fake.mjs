// What every fake has: a listener on 127.0.0.1, what arrived, and faults on demand.
//
//   POST /_fake/faults    {"on": "GET /api/v1/tasks", "kind": "status", "status": 500, "times": 1, "rate": 1, ...}: adds one; [] forgets all
//   GET  /_fake/requests  what arrived, in order: method, path, headers, body (text; of multipart the names and sizes of its parts)
//   POST /_fake/settings  sets what the fake's own settings are
//
// Kinds that every fake knows: `slow` (ms), `status` (status, body, headers), `malformed` (200 with half of a JSON), `lost` (does the work, then closes
// the connection without an answer), `refused` (closes the connection and does nothing). A fake may know more and asks for them by `fault(kind)`.
import http from 'node:http';

export async function start({ name, settings = {}, handle, control = {} }) {
  const options = parse(process.argv.slice(2));
  Object.assign(settings, options.settings);
  const requests = [];
  const faults = [];

  const server = http.createServer(async (request, response) => {
    try {
      const body = await read(request);
      const url = new URL(request.url, 'http://fake');
      if (url.pathname.startsWith('/_fake/')) return await answerControl(url, request, response, body);

      requests.push(describe(request, url, body));
      const line = `${request.method} ${url.pathname}`;
      // The first of each kind; another waits for the next request.
      const taken = [];
      for (const fault of faults) {
        if (!line.startsWith(fault.on) || fault.times <= 0 || taken.some(f => f.kind === fault.kind) || Math.random() >= fault.rate) continue;
        fault.times--;
        taken.push(fault);
      }

      const has = kind => taken.find(f => f.kind === kind);

      if (has('slow')) await new Promise(resolve => setTimeout(resolve, has('slow').ms ?? 1000));
      if (has('refused')) return request.socket.destroy();
      const status = has('status');
      if (status) return send(response, status.status, status.body ?? {}, status.headers);

      const context = { request, response, url, body, settings, fault: has, send: (code, json, headers) => send(response, code, json, headers) };
      if (has('lost') || has('malformed')) {
        await handle({ ...context, send: () => {} });
        return has('lost') || response.headersSent ? request.socket.destroy() : response.writeHead(200, { 'content-type': 'application/json' }).end('{"output":{"task_');
      }
      await handle(context);
    } catch (error) {
      console.error(error);
      request.socket.destroy();
    }
  });

  async function answerControl(url, request, response, body) {
    const json = body.length ? JSON.parse(body.toString()) : null;
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /_fake/faults':
        if (Array.isArray(json) && json.length === 0) faults.length = 0;
        else for (const fault of [json].flat()) faults.push({ times: 1, rate: 1, on: '', ...fault });
        return send(response, 200, { faults });
      case 'GET /_fake/requests':
        return send(response, 200, requests);
      case 'POST /_fake/settings':
        return send(response, 200, Object.assign(settings, json));
      default: {
        const own = control[`${request.method} ${url.pathname}`];
        return own ? send(response, 200, await own(json)) : send(response, 404, { message: 'no such control' });
      }
    }
  }

  server.keepAliveTimeout = 30_000;
  await new Promise(resolve => server.listen(options.port, '127.0.0.1', resolve));
  console.log(`http://127.0.0.1:${server.address().port}`);
  process.on('SIGTERM', () => process.exit(0));
  return { server, name, settings };
}

export function send(response, status, json, headers = {}) {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

// The parts of a multipart body: name, file name, content type, bytes.
export function parts(request, body) {
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) return [];
  const found = [];
  let at = body.indexOf(`--${boundary}`);
  while (at >= 0) {
    const begin = body.indexOf('\r\n\r\n', at);
    const next = body.indexOf(`\r\n--${boundary}`, begin);
    if (begin < 0 || next < 0) break;
    const head = body.subarray(at, begin).toString();
    found.push({
      name: /[ ;]name="?([^";\r]+)"?/.exec(head)?.[1],
      filename: /filename="?([^";\r]+)"?/.exec(head)?.[1],
      type: /content-type: ([^\r]+)/i.exec(head)?.[1],
      bytes: body.subarray(begin + 4, next),
    });
    at = next + 2;
  }
  return found;
}

function describe(request, url, body) {
  const isForm = (request.headers['content-type'] ?? '').startsWith('multipart/');
  return {
    method: request.method,
    path: url.pathname + url.search,
    headers: request.headers,
    body: isForm ? parts(request, body).map(p => ({ name: p.name, filename: p.filename, type: p.type, size: p.bytes.length, text: p.bytes.length < 500 && !p.filename ? p.bytes.toString() : undefined })) : body.toString(),
  };
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parse(args) {
  const options = { port: 0, settings: {} };
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    if (name === 'port') options.port = Number(args[i + 1]);
    else options.settings[name] = Number.isNaN(Number(args[i + 1])) ? args[i + 1] : Number(args[i + 1]);
  }
  return options;
}
