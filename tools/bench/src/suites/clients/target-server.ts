import { testCertificate } from '@gatehouse/clients/testing';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** Answers of the AWS services that the suite calls, by the operation in `x-amz-target`. */
const answers: Readonly<Record<string, string>> = {
  GetItem: '{"Item":{"pk":{"S":"a"},"n":{"N":"1"}}}',
  GetSecretValue: '{"Name":"a","SecretString":"text","VersionId":"v1"}',
  GetParameter: '{"Parameter":{"Name":"/a","Value":"text","Version":1}}',
};

const page = JSON.stringify({ users: Array.from({ length: 10 }, (_, id) => ({ id, name: `user ${id}` })) });

/** A server in a process of its own, so that its work is no one's CPU time; it says its ports and ends with its parent. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const operation = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
  request.resume().on('end', () => {
    const body = answers[operation] ?? page;
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  });
}

const servers = [http.createServer(answer), https.createServer(testCertificate, answer)];
void Promise.all(
  servers.map(
    (server) =>
      new Promise<number>((resolve) => {
        server.keepAliveTimeout = 120_000;
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      }),
  ),
).then(([httpPort, httpsPort]) => process.stdout.write(`${JSON.stringify({ httpPort, httpsPort })}\n`));
process.stdin.on('end', () => process.exit()).resume();
