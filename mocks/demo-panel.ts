import type { DemoControls } from './demo-controls';
import { namedFaults } from './demo-controls';
import { panelText } from './demo-panel-text';

/** A small panel at the foot of the demo, where the console has nothing of its own: faults by name, the clock, start over. Plain DOM in a shadow root. */

const STYLE = `
:host { position: fixed; inset-block-end: 8px; left: 50%; translate: -50%; z-index: 2000; font: 13px/1.5 system-ui, sans-serif; color: CanvasText; }
@media (max-width: 767px) { :host { inset-block-end: 76px; left: 8px; translate: none; } }
button, select { font: inherit; color: ButtonText; background: ButtonFace; border: 1px solid GrayText; border-radius: 4px; min-block-size: 28px; padding: 2px 8px; cursor: pointer; }
button:focus-visible, select:focus-visible { outline: 2px solid Highlight; outline-offset: 1px; }
.open { border-radius: 14px; font-size: 12px; }
.panel { background: Canvas; border: 1px solid GrayText; border-radius: 8px; padding: 12px; inline-size: min(320px, calc(100vw - 40px)); max-block-size: min(70vh, 560px); overflow: auto; }
.panel[hidden] { display: none; }
h2 { font-size: 14px; margin: 0; }
h3 { font-size: 13px; margin: 12px 0 4px; }
p { margin: 4px 0; }
.row { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin-block: 4px; }
label { display: flex; align-items: center; min-block-size: 28px; }
.wrap { display: flex; flex-wrap: wrap; gap: 6px; }
`;

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text = '', className = ''): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (text !== '') element.textContent = text;
  if (className !== '') element.className = className;
  return element;
}

function button(text: string, onClick: () => void, className = ''): HTMLButtonElement {
  const element = make('button', text, className);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

function choice(label: string, values: readonly { value: string; text: string }[], current: string, onChange: (value: string) => void): HTMLElement {
  const row = make('label', '', 'row');
  const select = make('select');
  for (const { value, text } of values) {
    const option = make('option', text);
    option.value = value;
    option.selected = value === current;
    select.append(option);
  }
  select.addEventListener('change', () => onChange(select.value));
  row.append(make('span', label), select);
  return row;
}

export function mountDemoPanel(controls: DemoControls): void {
  const host = make('div');
  host.id = 'bai-demo-panel';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const opener = button('', () => show(true), 'open');
  const panel = make('section', '', 'panel');
  panel.hidden = true;
  root.append(panel, opener);

  function show(open: boolean): void {
    if (open) draw();
    panel.hidden = !open;
    opener.hidden = open;
    if (open) panel.querySelector<HTMLElement>('button, select')?.focus();
    else opener.focus();
  }

  function label(): void {
    const text = panelText(document.documentElement.lang);
    opener.textContent = text.open;
    opener.setAttribute('aria-expanded', 'false');
  }

  function draw(): void {
    const text = panelText(document.documentElement.lang);
    panel.setAttribute('aria-label', text.title);
    const lasting = make('input');
    lasting.type = 'checkbox';
    const lastingLabel = make('label');
    lastingLabel.append(lasting, ` ${text.lasting}`);
    const head = make('div', '', 'row');
    head.append(make('h2', text.title), button(text.close, () => show(false)));
    const active = make('p');
    active.setAttribute('role', 'status');
    const tellActive = (): void => {
      const names = controls.faults.list().map((fault) => {
        const named = namedFaults.find((row) => row.kind === fault.kind && row.match === fault.match);
        return named ? text.names[named.name] : `${fault.kind} ${fault.match}`;
      });
      active.textContent = `${text.active}: ${names.length > 0 ? names.join(', ') : text.none}`;
    };
    tellActive();
    const faultButtons = make('div', '', 'wrap');
    for (const { name, ...fault } of namedFaults) {
      faultButtons.append(
        button(text.names[name], () => {
          controls.faults.add(lasting.checked || name === 'noEvents' ? fault : { ...fault, times: 1 });
          if (name === 'noEvents') controls.dropStreams();
          tellActive();
        }),
      );
    }
    const actions = make('div', '', 'wrap');
    actions.append(
      button(text.expire, () => controls.expireLogin()),
      button(text.drop, () => controls.dropStreams()),
      button(text.advance, () => controls.advance('1m')),
      button(text.startOver, () => controls.startOver()),
    );
    panel.replaceChildren(
      head,
      choice(
        text.version,
        controls.versions.map((version) => ({ value: version, text: version })),
        controls.version,
        (version) => controls.startOver(version),
      ),
      choice(
        text.speed,
        ['0', '1', '5', '20', '60'].map((value) => ({ value, text: `${value} ${text.speedUnit}` })),
        String(controls.speed),
        (value) => controls.setSpeed(Number(value)),
      ),
      make('h3', text.faults),
      lastingLabel,
      faultButtons,
      active,
      button(text.clear, () => {
        controls.faults.clear();
        tellActive();
      }),
      make('h3', text.actions),
      actions,
    );
  }

  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape' && !panel.hidden) {
      event.stopPropagation();
      show(false);
    }
  });
  label();
  new MutationObserver(label).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
  document.body.append(host);
}
