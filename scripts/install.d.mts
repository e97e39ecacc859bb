export const root: string;
export function ensureInstalled(): void;
export function run(program: string, args?: string[], env?: Record<string, string>): number;
export function option(name: string): string | undefined;
export function findChromium(): string | undefined;
