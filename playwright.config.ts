import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/build-console.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // The stories for a live webserver run by `npm run test:live` alone.
  grepInvert: process.env.BAI_LIVE_URL ? undefined : /@live/,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'Asia/Seoul',
    // A window on its way in stands still for two frames at a fifth of its size: a click that begins there ends beside
    // the button. One story of its own sees that things move where the system lets them (A11-04).
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
