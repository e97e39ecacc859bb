import { copyFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chunkOf } from './scripts/chunks.ts';
import { relayTo } from './scripts/relay.ts';

const require = createRequire(import.meta.url);

/** The worker that carries the simulated cluster: served and copied in demo mode only, so it never ships. */
function demoWorker(): Plugin {
  const worker = join(dirname(require.resolve('msw/package.json')), 'lib/mockServiceWorker.js');
  let outDir = 'dist';
  return {
    name: 'demo-worker',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use('/mockServiceWorker.js', (_request, response) => {
        void readFile(worker).then((source) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(source);
        });
      });
    },
    closeBundle() {
      copyFileSync(worker, join(outDir, 'mockServiceWorker.js'));
    },
  };
}

export default defineConfig(({ mode, command }) => {
  const demo = mode === 'demo';
  const endpoint = process.env.BAI_ENDPOINT;
  const proxy = endpoint ? relayTo(endpoint) : {};
  return {
    plugins: [react(), demo ? demoWorker() : null],
    // The webserver replaces the placeholder per answer (SEC-06). The dev server sends no policy.
    html: command === 'build' ? { cspNonce: '{{nonce}}' } : {},
    define: { __DEMO__: JSON.stringify(demo) },
    server: { proxy },
    preview: { proxy },
    build: {
      outDir: demo ? 'dist-demo' : 'dist',
      target: 'es2022',
      manifest: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // What a page may weigh is held by `scripts/budget.ts`.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ debugName: 'steps to the list', name: (id, context) => chunkOf(import.meta.dirname, id, (one) => context.getModuleInfo(one)) }],
          },
        },
      },
      // Names, versions and licences of all that ships (SEC-20).
      license: { fileName: 'licenses.md' },
    },
    test: {
      testTimeout: 30_000,
      hookTimeout: 30_000,
      // The default leaves one core idle, which on two cores doubles the time (PER-07).
      maxWorkers: '100%',
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            // Pure modules: nothing to keep apart but what a test puts back itself.
            isolate: false,
            include: ['src/**/*.test.ts', 'mocks/**/*.test.ts', 'tests/{contract,arch}/**/*.test.ts'],
            setupFiles: ['tests/helpers/setup.ts'],
          },
        },
        {
          extends: true,
          test: {
            name: 'pages',
            environment: 'jsdom',
            // Told 'test', the component library settles later than in a browser: a click right after a wait is lost.
            env: { NODE_ENV: 'development' },
            // The render helper puts the console back to its start after each test; loading it anew per file takes minutes.
            isolate: false,
            include: ['src/**/*.test.tsx', 'tests/{pages,helpers}/**/*.test.{ts,tsx}'],
            setupFiles: ['tests/helpers/setup.ts'],
          },
        },
      ],
    },
  };
});
