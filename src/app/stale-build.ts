/**
 * After a new release the files of the older one are gone from the server, and a part of the console that was not
 * needed yet can't be loaded any more (REL-09). Browsers word that differently.
 */
const patterns = [
  /failed to fetch dynamically imported module/i, // Chromium
  /error loading dynamically imported module/i, // Firefox
  /importing a module script failed/i, // Safari
  /unable to preload css/i, // Vite
  /is not a valid javascript mime type/i, // the index page in place of the file
];

export function isMissingChunk(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return patterns.some((pattern) => pattern.test(message));
}
