import { addTimer } from './clock';
import type { Context } from './context';

/** Asks for a round of a group's scheduler, not later than `delay` from now. */
export function requestRound(ctx: Context, group: string, delay: number): void {
  const at = ctx.now + delay;
  const due = ctx.state.nextRound[group];
  if (due !== undefined && due >= ctx.now && due <= at) return;
  ctx.state.nextRound[group] = at;
  addTimer(ctx.state, 'schedule', group, at);
}

/** False for a round that an earlier one has replaced. */
export function isDueRound(ctx: Context, group: string): boolean {
  if (ctx.state.nextRound[group] !== ctx.now) return false;
  delete ctx.state.nextRound[group];
  return true;
}
