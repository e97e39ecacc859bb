import { strToU8, zipSync } from 'fflate';
import type { LogSource } from './log-viewer-sources';
import { logFileName } from './log-viewer-text';

function save(content: Blob, fileName: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Exactly what the containers wrote: one file for one, a ZIP of such files for several. */
export function downloadLogs(sessionName: string, sources: readonly LogSource[]): void {
  const files = sources.filter(({ answer }) => answer?.state === 'ready').map(({ host, answer }) => ({ name: logFileName(sessionName, host), text: answer?.text ?? '' }));
  const [only] = files;
  if (!only) return;
  if (sources.length === 1) save(new Blob([only.text], { type: 'text/plain;charset=utf-8' }), only.name);
  else {
    const packed = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])));
    save(new Blob([packed], { type: 'application/zip' }), logFileName(sessionName, 'all').replace(/\.log$/, '.zip'));
  }
}
