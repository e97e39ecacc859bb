/** `maskUserInfo`: on a shared screen only the first letters and the domain's end are shown. */
export function masked(text: string): string {
  const [name = '', host] = text.split('@');
  const hidden = `${[...name].slice(0, 2).join('')}***`;
  return host ? `${hidden}@***${host.slice(host.lastIndexOf('.'))}` : hidden;
}
