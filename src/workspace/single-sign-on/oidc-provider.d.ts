declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  // oxlint-disable-next-line import/no-default-export -- the package's own shape
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
