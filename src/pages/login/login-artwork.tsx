import styles from './login-artwork.module.css';

/**
 * What the console is about, as a picture: a lane for each agent, on it the sessions that ran, those that run up to
 * the line that is now, and those that wait beyond it.
 */
const width = 720;
const lanes = 30;
const pitch = 30;
const thickness = 10;
const now = 512;

interface Session {
  lane: number;
  from: number;
  to: number;
  phase: 'ended' | 'running' | 'waiting';
  /** How strongly a running one is drawn, 0 … 2. */
  weight: number;
}

/** The same picture at every visit: the numbers come from a fixed sequence, not from chance. */
function schedule(): Session[] {
  let seed = 20_240_915;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const sessions: Session[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    let from = -next(160);
    while (from < width) {
      const to = from + 34 + next(190);
      const phase = to < now - 12 ? 'ended' : from < now - 20 ? 'running' : 'waiting';
      // A few lanes stay free ahead: a queue is shorter than the past.
      if (phase !== 'waiting' || next(3) > 0) {
        sessions.push({ lane, from: phase === 'waiting' ? Math.max(from, now + 16) : from, to: phase === 'running' ? now : to, phase, weight: next(3) });
      }
      from = to + 12 + next(64);
    }
  }
  return sessions;
}

const sessions = schedule();
const middle = (lane: number) => lane * pitch + pitch / 2;

export function LoginArtwork() {
  return (
    <svg
      className={styles.artwork}
      viewBox={`0 0 ${width} ${lanes * pitch}`}
      preserveAspectRatio="xMaxYMid slice"
      aria-hidden
      focusable="false"
    >
      {Array.from({ length: lanes }, (_, lane) => (
        <line key={lane} className={styles.lane} x1={0} x2={width} y1={middle(lane)} y2={middle(lane)} />
      ))}
      {sessions.map(({ lane, from, to, phase, weight }) => (
        <rect
          key={`${lane} ${from}`}
          className={styles.session}
          data-phase={phase}
          data-weight={weight}
          x={from}
          y={middle(lane) - thickness / 2}
          width={to - from}
          height={thickness}
          rx={thickness / 2}
        />
      ))}
      <line className={styles.now} x1={now} x2={now} y1={0} y2={lanes * pitch} />
    </svg>
  );
}
