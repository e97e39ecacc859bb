import { startConsole } from './app/start';
import { missingFeature, showStartFailure } from './app/start-failure';

async function start(element: HTMLElement): Promise<void> {
  const missing = missingFeature();
  if (missing) return showStartFailure(element, 'browser', missing);
  try {
    if (__DEMO__) {
      const { startDemo } = await import('../mocks/browser');
      if ((await startDemo()) === null) return;
    }
    await startConsole(element);
  } catch (error) {
    showStartFailure(element, 'error', error instanceof Error ? error.message : String(error));
  }
}

const root = document.getElementById('root');
if (root) void start(root);
