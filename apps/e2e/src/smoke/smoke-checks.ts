/** One question to a running API; the answer is what is wrong, or undefined. */
export interface SmokeCheck {
  readonly name: string;
  run(url: string): Promise<string | undefined>;
}

const timeoutMs = 10_000;

const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });

/** Reads alone, so that they may run against production at any time. */
export const smokeChecks: readonly SmokeCheck[] = [
  {
    name: 'GET /hello answers',
    async run(url) {
      const response = await get(`${url}/hello?name=smoke`);
      const text = await response.text();
      return response.status === 200 && text.includes('"Hello, smoke!"')
        ? undefined
        : `${response.status} ${text}`;
    },
  },
  {
    name: 'GET /users asks for a token',
    async run(url) {
      const response = await get(`${url}/users`);
      await response.arrayBuffer();
      return response.status === 401 ? undefined : `status ${response.status}`;
    },
  },
  {
    name: 'GET /users refuses a token that nobody signed',
    async run(url) {
      const response = await get(`${url}/users`, { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' });
      await response.arrayBuffer();
      return response.status === 401 ? undefined : `status ${response.status}`;
    },
  },
];
