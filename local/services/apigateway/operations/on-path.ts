import type { CallContext, Permission } from '../../../gateway/service.ts';

/** Allows an HTTP verb on a path of the management API: `apigateway:POST` on `/restapis/…`. */
export const onPath = <Input>(verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: (input: Input) => string) =>
  (input: Input, { region }: CallContext): Permission[] => [{ action: `apigateway:${verb}`, resources: [`arn:aws:apigateway:${region}::${path(input)}`] }];
