import { Component } from 'react';
import type { ReactNode } from 'react';
import { CrashPanel } from './crash-panel';

interface CrashBoundaryProps {
  children: ReactNode;
  /** Around everything: there is no frame left to stand in. */
  whole?: boolean;
  /** A change of it, e.g. of the address, tries anew. */
  resetKey?: string;
}

interface CrashState {
  error: unknown;
  failed: boolean;
  /** The key that this state belongs to; with another one the page gets another try. */
  key: string | undefined;
}

/** Catches what a page throws while it is drawn: the frame stays, and the reader learns what can be done. */
export class CrashBoundary extends Component<CrashBoundaryProps, CrashState> {
  override state: CrashState = { error: null, failed: false, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<CrashState> {
    return { error, failed: true };
  }

  static getDerivedStateFromProps(props: CrashBoundaryProps, state: CrashState): CrashState | null {
    return props.resetKey === state.key ? null : { error: null, failed: false, key: props.resetKey };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <CrashPanel error={this.state.error} whole={this.props.whole} />;
  }
}
