/** What the contract check found out, one line a subject. */
export interface Finding {
  /** Which of the checks: documents, results, routes, simulated-schema, recordings, replay. */
  check: string;
  /** The operation, route, type or recording. */
  subject: string;
  verdict: 'ok' | 'violation' | 'aside';
  /** What is wrong, or why it was left aside. */
  detail?: string;
}

/** One finding for the subject: ok without complaints, else a violation for each of them. */
export function judge(check: string, subject: string, complaints: Iterable<string>): Finding[] {
  const distinct = [...new Set(complaints)];
  if (distinct.length === 0) return [{ check, subject, verdict: 'ok' }];
  return distinct.map((detail) => ({ check, subject, verdict: 'violation', detail }));
}

export function aside(check: string, subject: string, reason: string): Finding {
  return { check, subject, verdict: 'aside', detail: reason };
}

export function violations(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.verdict === 'violation');
}
