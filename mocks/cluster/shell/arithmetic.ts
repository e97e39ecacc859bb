/** `$(( … ))`: whole numbers, variables, `+ - * / %`, comparisons and brackets. */
export function arithmetic(text: string, variable: (name: string) => number): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[=!<>]=|&&|\|\||[-+*/%()<>!]/g) ?? [];
  let at = 0;
  const take = (): string => tokens[at++] ?? '';

  function primary(): number {
    const token = take();
    if (token === '(') {
      const value = level(0);
      take();
      return value;
    }
    if (token === '-') return -primary();
    if (token === '+') return primary();
    if (token === '!') return primary() === 0 ? 1 : 0;
    return /^\d/.test(token) ? Number(token) : token === '' ? 0 : variable(token);
  }

  const LEVELS: Record<string, (a: number, b: number) => number>[] = [
    { '||': (a, b) => Number(a !== 0 || b !== 0) },
    { '&&': (a, b) => Number(a !== 0 && b !== 0) },
    { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
    { '<': (a, b) => Number(a < b), '>': (a, b) => Number(a > b), '<=': (a, b) => Number(a <= b), '>=': (a, b) => Number(a >= b) },
    { '+': (a, b) => a + b, '-': (a, b) => a - b },
    { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? 0 : Math.trunc(a / b)), '%': (a, b) => (b === 0 ? 0 : a % b) },
  ];

  function level(depth: number): number {
    const operators = LEVELS[depth];
    if (!operators) return primary();
    let value = level(depth + 1);
    for (;;) {
      const operator = operators[tokens[at] ?? ''];
      if (!operator) return value;
      at += 1;
      value = operator(value, level(depth + 1));
    }
  }

  return level(0);
}
