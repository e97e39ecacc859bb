// `npm run dev`: the dev server, on the simulated cluster or, with `--endpoint URL`, relaying to a live webserver.
import { ensureInstalled, option, run } from './install.mjs';

ensureInstalled();
const endpoint = option('endpoint');
if (endpoint && !/^https?:\/\//.test(endpoint)) {
  console.error('--endpoint must be the http(s) address of a Backend.AI webserver, such as https://console.example.org');
  process.exit(1);
}
const port = option('port');
const args = ['--mode', endpoint ? 'development' : 'demo', ...(port ? ['--port', port] : [])];
process.exit(run('vite', args, endpoint ? { BAI_ENDPOINT: endpoint.replace(/\/+$/, '') } : {}));
