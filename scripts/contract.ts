/** `npm run contract -- <folder>`: holds the client and the simulation against the manager's published contract. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { violations } from '../tests/contract/findings';
import type { Finding } from '../tests/contract/findings';

const marks: Record<Finding['verdict'], string> = { ok: 'ok       ', violation: 'VIOLATION', aside: 'aside    ' };

function line({ check, subject, verdict, detail }: Finding): string {
  return `${marks[verdict]} ${check}: ${subject}${detail ? `: ${detail.replace(/\s+/g, ' ')}` : ''}`;
}

/** How many of each check were held, left aside and violated. */
function summary(findings: readonly Finding[]): string[] {
  const checks = [...new Set(findings.map(({ check }) => check))];
  return checks.map((check) => {
    const own = findings.filter((finding) => finding.check === check);
    const count = (verdict: Finding['verdict']) => new Set(own.filter((one) => one.verdict === verdict).map((one) => one.subject)).size;
    return `${check}: ${count('ok')} held, ${count('aside')} left aside, ${violations(own).length} violations`;
  });
}

async function main(): Promise<number> {
  const [given] = process.argv.slice(2);
  const folder = given === undefined ? '' : resolve(given);
  const parts = ['schema.graphql', 'openapi.json', 'recordings'];
  if (given === undefined || !existsSync(folder)) {
    console.log(`contract: skipped, ${given === undefined ? 'no folder was named' : `there is no folder ${given}`}`);
    return 0;
  }
  const missing = parts.filter((part) => !existsSync(join(folder, part)));
  if (missing.length > 0) {
    console.log(`contract: ${given} holds no ${missing.join(', ')}`);
    return 1;
  }
  // Loads client and simulation, which takes a while: not for being told to skip.
  const { checkContract } = await import('../tests/contract/check');
  const findings = await checkContract(resolve(import.meta.dirname, '..'), folder);
  for (const finding of findings) console.log(line(finding));
  console.log(['', ...summary(findings)].join('\n'));
  const count = violations(findings).length;
  console.log(`contract: ${count} violations`);
  return count === 0 ? 0 : 1;
}

process.exitCode = await main();
