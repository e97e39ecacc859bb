import { version } from '../../package.json';

/** The console's own release, for the About dialog and reports. */
export const consoleVersion: string = version;
