import { build } from 'vite';

/** The browser tests drive the production build, behind a webserver as sites run it. */
async function buildConsole() {
  if (process.env.BAI_SKIP_BUILD) return;
  await build({ logLevel: 'warn' });
}

export default buildConsole;
