// `npm run check`: everything about the code that is not behaviour. Goes through all of it, then tells what failed.
import { ensureInstalled, run } from './install.mjs';

ensureInstalled();
const steps = [
  ['types', () => run('tsc', ['--noEmit', '-p', '.'])],
  ['lint and walls', () => run('oxlint', ['--deny-warnings'])],
  ['structure, texts, and whether each wall still stops what it should', () => run('vitest', ['run', 'tests/arch'])],
  ['dead code', () => run('knip')],
  ['build', () => run('vite', ['build', '--logLevel', 'warn'])],
  ['size budget, and no trace of the simulation', () => run('tsx', ['scripts/budget.ts'])],
];
const failed = [];
for (const [name, step] of steps) {
  console.log(`\n— ${name}`);
  if (step() !== 0) failed.push(name);
}
console.log(failed.length ? `\nFailed: ${failed.join('; ')}` : '\nAll checks passed.');
process.exit(failed.length ? 1 : 0);
