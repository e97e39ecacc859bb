let counter = 0;

/** A row's key; it need only differ from the other rows of this page. */
export function newEnvironKey(): string {
  counter += 1;
  return `new-${counter}`;
}
