import type { Program } from './command';
import { filePrograms } from './files';
import { netPrograms } from './net';
import { pythonPrograms } from './python';
import { systemPrograms } from './system';
import { textPrograms } from './text';

export const commands: Readonly<Record<string, Program>> = { ...filePrograms, ...textPrograms, ...systemPrograms, ...pythonPrograms, ...netPrograms };
