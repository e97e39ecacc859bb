// `npm test`: installs what is missing, then unit, page, structure and contract tests, then the browser tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, findChromium, root, run } from './install.mjs';

ensureInstalled();
const reports = mkdtempSync(join(tmpdir(), 'bai-console-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

const contract = process.env.BAI_CONTRACT;
if (!contract || !existsSync(join(root, contract))) {
  notes.push("Skipped the contract tests against the manager's published descriptions: set BAI_CONTRACT to the folder that holds schema.graphql, openapi.json and recordings/.");
}

const vitestReport = join(reports, 'vitest.json');
const vitestExit = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]);
if (existsSync(vitestReport)) {
  const report = JSON.parse(readFileSync(vitestReport, 'utf8'));
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
}
if (vitestExit !== 0 && total.failed === 0) total.failed += 1;

const chromium = findChromium();
if (chromium) {
  const before = total.failed;
  const browserReport = join(reports, 'browser.json');
  const browserExit = run('playwright', ['test', '--reporter=list,json'], { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport });
  if (existsSync(browserReport)) {
    const { stats } = JSON.parse(readFileSync(browserReport, 'utf8'));
    total.passed += stats.expected + stats.flaky;
    total.failed += stats.unexpected;
    total.skipped += stats.skipped;
  }
  if (browserExit !== 0 && total.failed === before) total.failed += 1;
} else if (process.env.CI) {
  notes.push('No Chromium on this machine, and CI must run the browser tests.');
  total.failed += 1;
} else {
  notes.push('Skipped the browser tests: no Chromium or Chrome found (set CHROMIUM to its path).');
}

rmSync(reports, { recursive: true, force: true });
for (const note of notes) console.log(note);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
