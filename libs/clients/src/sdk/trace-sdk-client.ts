import { traceDownstream } from '@gatehouse/observability';

/** The part of an SDK client that is used here. */
interface SdkClient {
  readonly middlewareStack: {
    add(middleware: unknown, options: { step: 'build'; name: string; priority: 'low' }): void;
  };
}

interface SdkArguments {
  readonly input: Readonly<Record<string, unknown>>;
  readonly request: { headers: Record<string, string> };
}

type SdkHandler = (args: SdkArguments) => Promise<{ response: { statusCode?: number } }>;

/**
 * Puts each call of an SDK client into the running invocation's trace. Where that is not sampled it costs one look, and
 * neither Tracer nor the X-Ray SDK is loaded: `captureAWSv3Client` would need both when the client is made.
 */
export function traceSdkClient<Client extends SdkClient>(client: Client, title: string): Client {
  const middleware =
    (next: SdkHandler, context: { commandName?: string }) =>
    (args: SdkArguments): ReturnType<SdkHandler> => {
      const table = args.input['TableName'];
      return traceDownstream(
        {
          name: title,
          namespace: 'aws',
          operation: (context.commandName ?? '').replace(/Command$/, ''),
          ...(typeof table === 'string' && { resource: { table_name: table } }),
        },
        async (span) => {
          Object.assign(args.request.headers, span.headers);
          const result = await next(args);
          if (result.response.statusCode !== undefined) span.status(result.response.statusCode);
          return result;
        },
      );
    };
  client.middlewareStack.add(middleware, { step: 'build', name: 'gatehouseTrace', priority: 'low' });
  return client;
}
