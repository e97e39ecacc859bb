/** Whether an app of this protocol is reached by another program, at a host and port, rather than by a tab. */
export function isGatewayProtocol(protocol: string): boolean {
  return protocol === 'tcp' || protocol === 'vnc' || protocol === 'rdp';
}
