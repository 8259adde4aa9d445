import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SecretsServer {
  readonly url: string;
  readonly close: () => void;
}

/** Stands in for Secrets Manager on loopback: answers every GetSecretValue with one text. */
export async function startSecretsServer(secret: string): Promise<SecretsServer> {
  const body = JSON.stringify({ ARN: 'secret', Name: 'secret', SecretString: secret, VersionId: 'v1' });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
